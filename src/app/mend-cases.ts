import { alignCase, type Stray } from "../domain/handoff/align-case.ts";
import type { HandoffId } from "../domain/kernel/ids.ts";
import type { Clock, ContentSource, EventBus, Logger, Metrics, Stopper, Store } from "./ports.ts";
import { publishOutcome } from "./publish-outcome.ts";

export interface MendDeps {
  readonly store: Store;
  readonly content: ContentSource;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

const EVERY_MS = 60_000;

/** Looks at the start and then every minute for people who wait on no screen, and puts them back. */
export function keepCasesInStep(deps: MendDeps): Stopper {
  let underWay: Promise<void> | null = null;
  const look = () => {
    underWay ??= mendCases(deps)
      .then(() => {})
      .catch((cause: unknown) => deps.log.error("mend-failed", { cause }))
      .finally(() => (underWay = null));
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** One look; answers how many were put back. A case that cannot be mended is told to the log and keeps none waiting. */
export async function mendCases(deps: MendDeps): Promise<number> {
  const { store, events, log } = deps;
  const relisted = await store.handoffs.relist();
  for (const id of relisted) note(deps, id, "unlisted");
  if (relisted.length > 0) events.publish({ kind: "queue" });
  let mended = relisted.length;
  for (const { id } of await store.handoffs.open()) {
    try {
      if (await mendOne(deps, id)) mended++;
    } catch (cause) {
      log.error("mend-failed", { handoffId: id, cause });
    }
  }
  return mended;
}

async function mendOne(deps: MendDeps, id: HandoffId): Promise<boolean> {
  const { store, content, events, clock } = deps;
  const listed = await store.handoffs.get(id);
  const conversation = listed === null ? null : await store.load(listed.conversationId);
  // Read behind the conversation, whose revision then guards both: who acts meanwhile makes this write stale.
  const handoff = conversation === null ? null : await store.handoffs.get(id);
  if (conversation === null || handoff === null) return false;
  const { mode } = conversation;
  const knownId = mode.kind === "waiting" || mode.kind === "live" ? mode.handoffId : id;
  const known = knownId === id ? null : await store.handoffs.get(knownId);
  const found = alignCase(content.current(), { conversation, handoff, known }, clock.now());
  if (found === null) return false;
  const actId = `mend-${id}-${conversation.revision}`;
  if ((await store.commit(found.outcome, { kind: "act", actId })) !== "committed") return false;
  publishOutcome(events, found.outcome);
  note(deps, id, found.stray);
  return true;
}

function note({ log, metrics }: MendDeps, handoffId: HandoffId, stray: Stray | "unlisted"): void {
  metrics.count("cases_mended_total", { stray });
  log.warn("case-mended", { handoffId, stray });
}
