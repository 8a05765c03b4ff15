import { setTimeout as pause } from "node:timers/promises";
import type { Leases, Logger, Stopper } from "../../../app/ports.ts";
import { type PollDeps, startPolling } from "./poll.ts";

export interface LeaseTimes {
  /** A process that gives no sign of life for so long is followed by another. */
  readonly leaseMs: number;
  readonly renewMs: number;
  /** How often the others look whether the lease is free. */
  readonly lookMs: number;
}

export const LEASE_TIMES: LeaseTimes = { leaseMs: 20_000, renewMs: 5000, lookMs: 3000 };

const LEASE = "telegram-poll";

/**
 * Of all processes on one store only the holder of the lease asks Telegram for messages: two would get 409 in turns.
 * The lease cannot be fenced at Telegram, and need not be: what two of them brought in would be taken in once.
 */
export function pollByLease(
  deps: PollDeps & { readonly leases: Leases; readonly log: Logger },
  times: LeaseTimes = LEASE_TIMES,
): Stopper {
  const { leases, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const sleep = (ms: number) => pause(ms, undefined, { signal }).catch(() => {});
  /** By our own clock, counted from before the question: never longer than the store thinks. */
  let heldUntil = 0;

  /** A store that does not answer takes nothing away before its time. */
  async function isHeld(): Promise<boolean> {
    const askedAt = performance.now();
    try {
      heldUntil = (await leases.hold(LEASE, times.leaseMs)) === null ? 0 : askedAt + times.leaseMs;
    } catch (cause) {
      log.warn("telegram-lease-unknown", { cause });
    }
    return performance.now() < heldUntil;
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      if (await isHeld()) {
        log.info("telegram-polling-begins");
        const poller = startPolling(deps);
        do await sleep(times.renewMs);
        while (!signal.aborted && (await isHeld()));
        await poller.stop();
        log.info("telegram-polling-ends");
      } else await sleep(times.lookMs);
    }
    await leases.release(LEASE).catch((cause: unknown) => log.warn("telegram-lease-left", { cause }));
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
