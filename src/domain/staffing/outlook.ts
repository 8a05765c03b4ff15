import { isAtLeast, type RiskLevel } from "../taxonomy/risk.ts";

/** How long people waited of late: between these, for about three in four of them. Whole minutes. */
export interface WaitRange {
  readonly from: number;
  readonly to: number;
}

/** What can honestly be said to somebody who is put in the queue now. */
export interface Outlook {
  /** Null when it is not known whether any counsellor's console is open. */
  readonly isAnybodyThere: boolean | null;
  /** Null while too few waited of late, or too long, for a number that means anything. */
  readonly waits: Readonly<Record<"pressing" | "calm", WaitRange | null>>;
}

/** One wait: of somebody who was reached, or the age of one that goes on. */
export interface Wait {
  readonly level: RiskLevel;
  /** Milliseconds since 1970 at which it ended, or now. */
  readonly at: number;
  readonly waitedMs: number;
}

export const UNKNOWN_OUTLOOK: Outlook = { isAnybodyThere: null, waits: { pressing: null, calm: null } };

const MINUTE_MS = 60_000;
/** Waits of another time of the day say little about this one. */
export const OF_LATE_MS = 3 * 60 * MINUTE_MS;
const FEWEST = 5;
/** Rounded outwards to these, so that nobody is promised a minute. */
const STEPS = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90] as const;

/** Levels that the queue puts far ahead wait differently: they are told of each other's waits only. */
export const isPressing = (level: RiskLevel) => isAtLeast(level, "urgent");

/**
 * An outlook from the waits of late. Those who still wait count with the time that they have waited so far: a queue that
 * stands still must not look like a quick one.
 */
export function outlookOf(waits: readonly Wait[], isAnybodyThere: boolean, now: number): Outlook {
  const fresh = waits.filter(({ at }) => now - at <= OF_LATE_MS);
  return {
    isAnybodyThere,
    waits: {
      pressing: rangeOf(fresh.filter(({ level }) => isPressing(level))),
      calm: rangeOf(fresh.filter(({ level }) => !isPressing(level))),
    },
  };
}

function rangeOf(waits: readonly Wait[]): WaitRange | null {
  if (waits.length < FEWEST) return null;
  const minutes = waits.map(({ waitedMs }) => waitedMs / MINUTE_MS).sort((a, b) => a - b);
  const low = minutes[Math.floor(minutes.length * 0.15)] ?? 0;
  const high = minutes[Math.min(minutes.length - 1, Math.floor(minutes.length * 0.9))] ?? 0;
  const to = STEPS.find((step) => step >= high);
  if (to === undefined) return null;
  const from = STEPS.findLast((step) => step <= low) ?? 1;
  // "From 3 to 3 minutes" would be a promise.
  return from < to ? { from, to } : { from, to: STEPS.find((step) => step > to) ?? to };
}
