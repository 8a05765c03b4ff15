import type { Arrival } from "./advance.ts";
import type { Decision } from "./decide.ts";
import type { FlowBook } from "./flow-book.ts";
import { type FlowCursor, MAX_TRAIL, type Walk } from "./walk.ts";

export interface Move {
  readonly before: { readonly cursor: FlowCursor | null; readonly walk: Walk };
  readonly decision: Decision;
  readonly arrival: Arrival | null;
}

/** What is kept of the way after one turn: where "back" leads, what was answered, which guide waits to be taken up again. */
export function walkAfter(book: FlowBook, { before, decision, arrival }: Move): Walk {
  const walk: Walk = { ...before.walk, contentRevision: book.revision };
  if (decision.kind === "left") return { ...walk, trail: [], returns: [], paused: decision.at };
  if (arrival?.at == null || decision.kind !== "go") return walk;
  const { at, slots, returns } = arrival;
  return {
    ...walk,
    slots: { ...slots },
    returns: [...returns],
    trail: trailAfter(before, at, decision.isBack === true),
    paused: pausedAfter(book, before, at.flow),
  };
}

function trailAfter(
  { cursor, walk }: Move["before"],
  at: { readonly flow: string; readonly name: string },
  isBack: boolean,
): FlowCursor[] {
  if (isBack) return walk.trail.slice(0, -1);
  if (cursor === null || (cursor.flow === at.flow && cursor.step === at.name)) return walk.trail;
  return [...walk.trail, cursor].slice(-MAX_TRAIL);
}

/** A guide that was left for another topic waits; taken up again, or another begun, it waits no more. */
function pausedAfter(book: FlowBook, { cursor, walk }: Move["before"], to: string): Walk["paused"] {
  if (book.flows.get(to)?.guide !== undefined) return null;
  return cursor !== null && book.flows.get(cursor.flow)?.guide !== undefined ? cursor : walk.paused;
}
