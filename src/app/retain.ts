import type { Clock, Conversations, Logger, Metrics, Stopper } from "./ports.ts";

const DAY_MS = 24 * 3600 * 1000;
const EVERY_MS = 3600 * 1000;

/** Removes conversations that nobody has written in for `days`, at the start and then every hour. */
export function keepOnlyFor(
  days: number,
  deps: { store: Conversations; clock: Clock; log: Logger; metrics: Metrics },
): Stopper {
  const purge = async () => {
    try {
      const removed = await deps.store.expire(deps.clock.now() - days * DAY_MS);
      deps.metrics.gauge("last_purge_timestamp_seconds", deps.clock.now() / 1000);
      if (removed > 0) deps.log.info("expired", { conversations: removed });
    } catch (cause) {
      deps.log.error("expire-failed", { cause });
    }
  };
  void purge();
  const timer = setInterval(() => void purge(), EVERY_MS);
  timer.unref();
  return { stop: async () => clearInterval(timer) };
}
