import { z } from "zod";
import { ALARM_STEPS, type AlarmLadder, type AlarmStep, dueSteps } from "../domain/handoff/alarm-ladder.ts";
import { isOverdue } from "../domain/handoff/transfer.ts";
import type { Handoff } from "../domain/handoff/handoff.ts";
import { hasLapsed, type LeaseLimits } from "../domain/handoff/lease.ts";
import type { HandoffId } from "../domain/kernel/ids.ts";
import type { RiskLevel } from "../domain/taxonomy/risk.ts";
import type { CounsellorAnswer, CounsellorRequest } from "./act-on-handoff.ts";
import type { Clock, Logger, Metrics, Stopper, Store } from "./ports.ts";
import type { Presence } from "./presence.ts";

/** What is said outside of the house: no word of the person, no name, no channel address. */
export interface Alarm {
  readonly step: AlarmStep;
  readonly handoffId: HandoffId;
  readonly level: RiskLevel;
  readonly waitedSeconds: number;
}

export interface AlarmSender {
  /** Rejects when it could not be delivered; it is then tried again. */
  send(alarm: Alarm): Promise<void>;
}

export interface WatchDeps {
  readonly store: Pick<Store, "handoffs" | "settings">;
  readonly presence: Presence;
  readonly actOnHandoff: (request: CounsellorRequest) => Promise<CounsellorAnswer>;
  /** Null when no second channel is set up. */
  readonly alarms: AlarmSender | null;
  readonly limits: LeaseLimits;
  readonly ladder: AlarmLadder;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

const EVERY_MS = 5000;
const TAKEN = "alarm-steps";
const Taken = z.record(z.string(), z.array(z.enum(ALARM_STEPS)));

/** Looks every few seconds for people whom nobody is looking after: a counsellor who is gone, a case that nobody takes. */
export function watchCases(deps: WatchDeps): Stopper {
  const startedAt = deps.clock.now();
  let underWay: Promise<void> | null = null;
  const look = () => {
    underWay ??= lookOnce(deps, startedAt)
      .catch((cause: unknown) => deps.log.error("watch-failed", { cause }))
      .finally(() => (underWay = null));
  };
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** One look. `startedAt`: while no server ran, no console could say that it is there; that time does not count. */
export async function lookOnce(deps: WatchDeps, startedAt: number): Promise<void> {
  const open = await deps.store.handoffs.open();
  for (const handoff of open) {
    if (handoff.status !== "live") continue;
    // One case that cannot be changed must not keep the others waiting, nor silence the alarms.
    await freeIfGone(deps, handoff, startedAt).catch((cause: unknown) =>
      deps.log.error("lapse-failed", { handoffId: handoff.id, cause }),
    );
    await endOffer(deps, handoff).catch((cause: unknown) =>
      deps.log.error("offer-end-failed", { handoffId: handoff.id, cause }),
    );
  }
  await climb(deps, open);
}

async function freeIfGone(deps: WatchDeps, handoff: Handoff, startedAt: number): Promise<void> {
  const { presence, clock, limits, actOnHandoff, log, metrics } = deps;
  const { id, counsellorId, claimedAt } = handoff;
  if (counsellorId === null) return;
  const seenAt = Math.max((await presence.seenAt(counsellorId)) ?? 0, startedAt);
  if (!hasLapsed(handoff, { seenAt, now: clock.now() }, limits)) return;
  // One id per claim: several processes may see the same, and it happens once.
  const actId = `lapse-${id}-${claimedAt ?? 0}`;
  const act = { kind: "lapse", claimedAt } as const;
  const answer = await actOnHandoff({ actId, handoffId: id, counsellorId, act });
  if (answer.kind !== "done") return;
  metrics.count("handoffs_lapsed_total");
  log.warn("handoff-lapsed", { handoffId: id, level: handoff.risk.level });
}

/** Nobody has answered an offer: its sender is told. It could no longer be accepted before this either. */
async function endOffer({ clock, actOnHandoff }: WatchDeps, handoff: Handoff): Promise<void> {
  const { id, transfer } = handoff;
  if (transfer === null || !isOverdue(transfer, clock.now())) return;
  const { from, offeredAt } = transfer;
  await actOnHandoff({
    actId: `expire-${id}-${offeredAt}`,
    handoffId: id,
    counsellorId: from,
    act: { kind: "expire", offeredAt },
  });
}

/**
 * Takes the steps that are due. A step is noted after it was delivered: where a process dies in between, or several
 * look at the same moment, it may be told twice, but never not at all.
 */
async function climb(deps: WatchDeps, open: readonly Handoff[]): Promise<void> {
  const { store, metrics } = deps;
  const stored = Taken.safeParse((await store.settings.get(TAKEN)) ?? {});
  const before = stored.success ? stored.data : {};
  // A claim answers the alarms: a case that comes back to the queue climbs anew, and closed ones leave the list.
  const waiting = open.filter(({ status }) => status === "waiting");
  // All at once: a hook that hangs costs one wait, not one for each case.
  const taken = await Promise.all(
    waiting.map(
      async (handoff) => [handoff.id, await takeSteps(deps, handoff, before[handoff.id] ?? [])] as const,
    ),
  );
  const after = Object.fromEntries(taken.filter(([, steps]) => steps.length > 0));
  const exhausted = taken.filter(([, steps]) => ALARM_STEPS.every((step) => steps.includes(step)));
  metrics.gauge("escalations_unacknowledged", exhausted.length);
  if (!isSame(before, after)) await store.settings.put(TAKEN, after);
}

/** Which steps this case has behind it now. Never rejects: a step that failed is due again at the next look. */
async function takeSteps(
  { alarms, ladder, clock, log, metrics }: WatchDeps,
  handoff: Handoff,
  before: readonly AlarmStep[],
): Promise<AlarmStep[]> {
  const taken = [...before];
  for (const step of dueSteps(handoff, { taken, now: clock.now() }, ladder)) {
    const waitedSeconds = Math.floor((clock.now() - handoff.requestedAt) / 1000);
    try {
      await alarms?.send({ step, handoffId: handoff.id, level: handoff.risk.level, waitedSeconds });
      metrics.count("alarms_total", { step, result: alarms === null ? "no-channel" : "sent" });
      taken.push(step);
    } catch (cause) {
      metrics.count("alarms_total", { step, result: "failed" });
      log.error("alarm-failed", { step, cause });
    }
  }
  return taken;
}

function isSame(a: z.infer<typeof Taken>, b: z.infer<typeof Taken>): boolean {
  const ids = Object.keys(b);
  return ids.length === Object.keys(a).length && ids.every((id) => a[id]?.length === b[id]?.length);
}
