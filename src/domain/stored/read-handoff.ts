import { EMPTY_FILE } from "../handoff/case-file.ts";
import { Handoff } from "../handoff/handoff.ts";
import { createStoredReader, type Fields } from "./create-stored-reader.ts";

/** Fields that came after the first cases had been stored. */
function fillIn(raw: Fields): Fields {
  return {
    audience: "unknown",
    cause: "risk",
    claimedAt: null,
    endedAt: null,
    counsellorId: null,
    transfer: null,
    firstReplyAt: null,
    file: EMPTY_FILE,
    ending: null,
    ...raw,
  };
}

export const readHandoff = createStoredReader<Handoff>({
  schema: Handoff,
  current: 1,
  upgrades: { 1: fillIn },
});
