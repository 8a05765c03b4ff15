import {
  dayOfIsoDate,
  type LocalDay,
  localDayAt,
  minuteOfDay,
  momentOf,
  weekdayOf,
} from "../calendar/local-day.ts";
import type { Helpline } from "./helpline.ts";
import { holidaysOn } from "./holidays.ts";
import { minutesOf, type WeeklyHours } from "./hours.ts";

/** Whether somebody answers. All moments are ms since 1970. `uncertain` must never be worded as open. */
export type Opening =
  | { readonly kind: "always" }
  /** `until` looks a month ahead at most. */
  | { readonly kind: "open"; readonly until: number }
  /** `opensAt` is null when the next shift is more than a month away or falls on a day that is not certain. */
  | { readonly kind: "closed"; readonly opensAt: number | null }
  | { readonly kind: "uncertain" };

type HelplineHours = Pick<
  Helpline,
  "hours" | "closedOn" | "openOn" | "confidence" | "hoursConfidence" | "checked"
>;
type DayKind = "usual" | "off" | "unsure";

const TRUSTED_DAYS = 365;
const SEARCHED_DAYS = 31;

/**
 * The state of a line at `now` (ms since 1970). It errs one way only: a line that rests may be called uncertain, but
 * it is called open only when its number and hours are high in confidence and still trusted, and the day is no possible holiday
 * that the line has not spoken about.
 */
export function openingAt(helpline: HelplineHours, now: number): Opening {
  const { hours, confidence, hoursConfidence } = helpline;
  const sure = confidence === "high" && hoursConfidence === "high";
  if (!sure || hours === "unknown") return { kind: "uncertain" };
  if (hours === "always") return { kind: "always" };
  const today = localDayAt(now);
  if (today > trustedUntil(helpline, hours)) return { kind: "uncertain" };
  const shift = shiftsOf(hours, today).find(({ from, to }) => holds({ from, to }, minuteOfDay(now)));
  if (shift === undefined) return { kind: "closed", opensAt: nextShift(helpline, hours, now) };
  const kind = kindOfDay(helpline, hours, today);
  if (kind === "unsure") return { kind: "uncertain" };
  if (kind === "off") return { kind: "closed", opensAt: nextShift(helpline, hours, now) };
  return { kind: "open", until: endOfRun(helpline, hours, { day: today, to: shift.to }) };
}

/** The last day on which hours by the week may be claimed: a year-old reading is a rumour. */
export function trustedUntil({ checked }: Pick<Helpline, "checked">, hours: WeeklyHours): LocalDay {
  const year = dayOfIsoDate(checked) + TRUSTED_DAYS;
  return hours.validUntil === undefined ? year : Math.min(year, dayOfIsoDate(hours.validUntil));
}

/** In minutes past midnight, `to` not included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function holds({ from, to }: Span, minute: number): boolean {
  return from <= minute && minute < to;
}

/** The shifts of a day in order, with those that meet or overlap joined. */
function shiftsOf(hours: WeeklyHours, day: LocalDay): readonly Span[] {
  const weekday = weekdayOf(day);
  const spans = hours.shifts
    .filter(({ days }) => days.includes(weekday))
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    .sort((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last === undefined || span.from > last.to) joined.push(span);
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return joined;
}

function kindOfDay(helpline: HelplineHours, hours: WeeklyHours, day: LocalDay): DayKind {
  if (day > trustedUntil(helpline, hours)) return "unsure";
  const holidays = holidaysOn(day);
  if (holidays === null) return "unsure";
  if (holidays.some(({ name, certain }) => certain && helpline.closedOn.includes(name))) return "off";
  return holidays.every(({ name }) => helpline.openOn.includes(name)) ? "usual" : "unsure";
}

/** A shift that goes on at midnight is one run, as long as the days are certain. */
function endOfRun(helpline: HelplineHours, hours: WeeklyHours, from: { day: LocalDay; to: number }): number {
  let { day, to } = from;
  while (to === 1440 && day < from.day + SEARCHED_DAYS && kindOfDay(helpline, hours, day + 1) === "usual") {
    const next = shiftsOf(hours, day + 1)[0];
    if (next === undefined || next.from > 0) break;
    day += 1;
    to = next.to;
  }
  return momentOf(day, to);
}

function nextShift(helpline: HelplineHours, hours: WeeklyHours, now: number): number | null {
  const today = localDayAt(now);
  for (let day = today; day <= today + SEARCHED_DAYS; day++) {
    const after = day === today ? minuteOfDay(now) : -1;
    const shift = shiftsOf(hours, day).find(({ from }) => from > after);
    if (shift === undefined) continue;
    const kind = kindOfDay(helpline, hours, day);
    if (kind === "usual") return momentOf(day, shift.from);
    if (kind === "unsure") return null;
  }
  return null;
}
