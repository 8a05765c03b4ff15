import { assertNever } from "../kernel/assert-never.ts";
import type { FlowAct } from "../dialogue/flow.ts";
import { NO_WALK } from "../dialogue/walk.ts";
import { NO_RISK } from "../triage/assessment.ts";
import type { Conversation } from "./conversation.ts";
import type { Turn } from "./turn.ts";

/** What an act changes in the conversation itself; the case is changed by `change-case`. */
export function applyAct(conversation: Conversation, act: FlowAct, turn: Turn): Conversation {
  switch (act) {
    case "speak-vietnamese":
      return { ...conversation, locale: "vi", localeChosen: true };
    case "speak-english":
      return { ...conversation, locale: "en", localeChosen: true };
    case "as-teen":
      return { ...conversation, audience: "teen" };
    case "as-parent":
      return { ...conversation, audience: "parent" };
    case "decline-counsellor":
      return { ...conversation, declinedAt: conversation.risk.level };
    case "request-counsellor":
      return { ...conversation, declinedAt: null };
    case "erase-everything":
      return forget(conversation, turn);
    // Where these lead is decided before the flow is walked; nothing else about the conversation changes.
    case "go-back":
    case "start-over":
    case "leave-guide":
      return conversation;
    default:
      return assertNever(act);
  }
}

/**
 * Only what is needed to say "it is done" in the right language stays. It is named one by one: fields of a newer
 * version, which this one does not know, may hold words of the person and go as well.
 */
function forget(conversation: Conversation, turn: Turn): Conversation {
  const { schema, id, channel, address, revision, lastSeq, lastTurnAt, locale, localeChosen } = conversation;
  const { mode, isCounsellorOffered } = conversation;
  return {
    ...{
      schema,
      id,
      channel,
      revision,
      lastSeq,
      lastTurnAt,
      locale,
      localeChosen,
      mode,
      isCounsellorOffered,
    },
    ...(address === undefined ? {} : { address }),
    erasures: conversation.erasures + 1,
    openedAt: turn.now,
    audience: "unknown",
    cursor: null,
    walk: NO_WALK,
    risk: NO_RISK,
    recent: [],
    unanswered: 0,
    declinedAt: null,
    openButtons: [],
  };
}
