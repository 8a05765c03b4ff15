import type { ConsoleFrame } from "../../wire/console.ts";
import { type DeskState, isOwn, lastSeqOf } from "./desk-state.ts";

// The mark is stored nowhere: a page of the person that was opened anew has it again after this long.
const AGAIN_MS = 15_000;

/** Lets the person know how far their words stand on a screen that is being looked at. Only of a case of one's own. */
export function createSeenTeller(deps: {
  readonly state: () => DeskState;
  readonly send: (frame: ConsoleFrame) => void;
}): () => void {
  function tell(): void {
    const state = deps.state();
    const { chosen } = state;
    if (chosen === null || document.hidden || !isOwn(state, chosen)) return;
    const conversationId = state.cases.find(({ id }) => id === chosen)?.conversationId;
    const seq = lastSeqOf(state, chosen);
    if (conversationId !== undefined && seq > 0) deps.send({ t: "seen", conversationId, seq });
  }
  document.addEventListener("visibilitychange", tell);
  setInterval(tell, AGAIN_MS);
  return tell;
}
