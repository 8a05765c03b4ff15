import { actOnCase, type CounsellorAct, leavesQueue } from "../domain/handoff/counsellor-acts.ts";
import type { Refusal } from "../domain/handoff/conclude-act.ts";
import type { CounsellorId, HandoffId } from "../domain/kernel/ids.ts";
import { AppError } from "./errors.ts";
import type { Clock, ContentSource, EventBus, Store } from "./ports.ts";
import { publishOutcome } from "./publish-outcome.ts";

export interface CounsellorRequest {
  /** Stays the same when the console tries again; it happens once. */
  readonly actId: string;
  readonly handoffId: HandoffId;
  readonly counsellorId: CounsellorId;
  readonly act: CounsellorAct;
}

export type CounsellorAnswer =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly reason: Refusal };

interface Deps {
  readonly store: Store;
  readonly content: ContentSource;
  readonly events: EventBus;
  readonly clock: Clock;
}

const MAX_STALE = 50;

export type HandoffActs = (request: CounsellorRequest) => Promise<CounsellorAnswer>;

/** Claims, answers, releases or resolves a case. Two counsellors at once: the commit's revision lets one through. */
export function createHandoffActs(deps: Deps): HandoffActs {
  const { store, content, events, clock } = deps;
  return async function actOnHandoff(request) {
    const { actId, handoffId, counsellorId, act } = request;
    for (let attempt = 0; attempt < MAX_STALE; attempt++) {
      const found = await store.handoffs.get(handoffId);
      const conversation = found === null ? null : await store.load(found.conversationId);
      // Read again behind the conversation: its revision then guards both. Read before it, a colleague's claim could
      // fall in between, and the case would have two owners.
      const handoff = conversation === null ? null : await store.handoffs.get(handoffId);
      if (handoff === null || conversation === null) return { kind: "refused", reason: "gone" };
      const result = actOnCase(
        content.current(),
        { conversation, handoff },
        { act, by: { counsellorId, now: clock.now() } },
      );
      if (result.kind === "refused")
        return (await wasDone(store, request, handoff)) ? { kind: "done" } : result;
      const commit = await store.commit(result.outcome, { kind: "act", actId: `${counsellorId}.${actId}` });
      if (commit === "stale") continue;
      // "duplicate": done before, and the answer was lost on the way, perhaps with the wake-up.
      const done = commit === "committed" ? result.outcome : { conversation, handoff };
      publishOutcome(events, leavesQueue(act) ? { ...done, handoff: null } : done);
      return { kind: "done" };
    }
    throw new AppError("TURN_ALWAYS_STALE");
  };
}

/** A claim or an acceptance sent twice over a bad line finds itself already the owner: that is success, not a refusal. */
async function wasDone(
  store: Store,
  request: CounsellorRequest,
  seen: { readonly id: HandoffId },
): Promise<boolean> {
  if (request.act.kind !== "claim" && request.act.kind !== "accept") return false;
  const now = await store.handoffs.get(seen.id);
  return now?.status === "live" && now.counsellorId === request.counsellorId;
}
