import type { Handoff } from "../domain/handoff/handoff.ts";
import type { Clock, Logger, Metrics, Store } from "./ports.ts";

interface MeasureDeps {
  readonly store: Pick<Store, "handoffs" | "outbox">;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Tells how many wait, for a counsellor and for delivery, and for how long. Never rejects. */
export async function measureQueues({ store, metrics, clock, log }: MeasureDeps): Promise<void> {
  const secondsSince = (at: number | null) => (at === null ? 0 : Math.max(0, clock.now() - at) / 1000);
  try {
    const open = await store.handoffs.open();
    const { waiting, dead, oldestAt } = await store.outbox.counts();
    const inLine = open.filter((handoff) => handoff.status === "waiting");
    const isEmergency = ({ risk }: Handoff) => risk.level === "emergency";
    const first = inLine.reduce<number | null>((at, one) => Math.min(at ?? Infinity, one.requestedAt), null);
    metrics.gauge("handoffs_waiting", inLine.length);
    metrics.gauge("handoffs_waiting_emergency", inLine.filter(isEmergency).length);
    metrics.gauge("handoffs_oldest_wait_seconds", secondsSince(first));
    metrics.gauge("handoffs_live", open.filter((handoff) => handoff.status === "live").length);
    metrics.gauge("outbox_waiting", waiting);
    metrics.gauge("outbox_oldest_seconds", secondsSince(oldestAt));
    metrics.gauge("outbox_dead", dead);
    metrics.gauge("store_up", 1);
  } catch (cause) {
    // The other gauges keep their last values, which are not to be believed while this one is 0.
    metrics.gauge("store_up", 0);
    log.error("gauges-failed", { cause });
  }
}
