import { z } from "zod";

/**
 * Clocks that hours may be given in. Vietnam has kept UTC+7 without summer time since June 1975, so a fixed offset is
 * exact; a zone whose clocks change would need the time-zone data of the machine, which this layer does not touch.
 */
export const ClockZone = z.enum(["Asia/Ho_Chi_Minh"]);
export type ClockZone = z.infer<typeof ClockZone>;

/** Whole days since 1970-01-01 on the calendar of Vietnam. Adding 1 is tomorrow. */
export type LocalDay = number;

export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export const Weekday = z.enum(WEEKDAYS);
export type Weekday = z.infer<typeof Weekday>;

/** `month` counts from 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const AHEAD_OF_UTC_MS = 7 * 3_600_000;

/** The day on a wall calendar in Vietnam at `at` (ms since 1970), whatever the zone of this machine. */
export function localDayAt(at: number): LocalDay {
  return Math.floor((at + AHEAD_OF_UTC_MS) / DAY_MS);
}

/** The moment (ms since 1970) at which a clock in Vietnam shows `minute` minutes past midnight of `day`. */
export function momentOf(day: LocalDay, minute = 0): number {
  return day * DAY_MS - AHEAD_OF_UTC_MS + minute * MINUTE_MS;
}

/** Minutes since midnight in Vietnam, 0 to 1439. */
export function minuteOfDay(at: number): number {
  return Math.floor((at - momentOf(localDayAt(at))) / MINUTE_MS);
}

export function dayOfDate({ year, month, day }: CalendarDate): LocalDay {
  return Math.floor(Date.UTC(year, month - 1, day) / DAY_MS);
}

export function dateOfDay(day: LocalDay): CalendarDate {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function weekdayOf(day: LocalDay): Weekday {
  // 1 January 1970 was a Thursday.
  const index = (((day + 4) % 7) + 7) % 7;
  return WEEKDAYS[index] ?? "thu";
}

/** Reads "2026-11-22", a form that the schemas have already checked. */
export function dayOfIsoDate(date: string): LocalDay {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** The date in Vietnam at `at` (ms since 1970), as "2026-11-22". */
export function isoDateAt(at: number): string {
  return new Date(at + AHEAD_OF_UTC_MS).toISOString().slice(0, 10);
}
