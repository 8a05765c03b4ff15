const DAY_MS = 24 * 3600 * 1000;
export const WEEK_MS = 7 * DAY_MS;
/** Vietnam has kept UTC+7 since 1975. */
const OFFSET_MS = 7 * 3600 * 1000;
/** 5 January 1970, midnight in Vietnam: a Monday. */
const FIRST_MONDAY = 4 * DAY_MS - OFFSET_MS;

/** A week from Monday to Sunday by the clock of Vietnam, named by its Monday: `2026-11-23`. */
export interface ReviewWeek {
  readonly name: string;
  /** Milliseconds since 1970; `until` is not part of it. */
  readonly from: number;
  readonly until: number;
}

export function weekOf(now: number): ReviewWeek {
  const from = FIRST_MONDAY + Math.floor((now - FIRST_MONDAY) / WEEK_MS) * WEEK_MS;
  const name = new Date(from + OFFSET_MS).toISOString().slice(0, 10);
  return { name, from, until: from + WEEK_MS };
}
