import { Conversation } from "../conversation/conversation.ts";
import { NO_WALK } from "../dialogue/walk.ts";
import { createStoredReader, type Fields } from "./create-stored-reader.ts";

/** Fields that came after the first conversations had been stored. */
function fillIn(raw: Fields): Fields {
  return {
    erasures: 0,
    localeChosen: false,
    declinedAt: null,
    openButtons: [],
    isCounsellorOffered: false,
    walk: NO_WALK,
    recent: [],
    ...raw,
  };
}

export const readConversation = createStoredReader<Conversation>({
  schema: Conversation,
  current: 1,
  upgrades: { 1: fillIn },
});
