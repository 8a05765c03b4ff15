import { z } from "zod";
import { dateOfDay, dayOfDate, type LocalDay } from "../calendar/local-day.ts";
import { dayOfLunarDate } from "../calendar/lunar-year.ts";

export const HOLIDAYS = [
  "new-year",
  "tet",
  "hung-kings",
  "reunification",
  "labour",
  "national-day",
  "culture-day",
] as const;
export const HolidayName = z.enum(HOLIDAYS);
export type HolidayName = z.infer<typeof HolidayName>;

/** A public holiday that touches a day: `certain` when the day is off every year, false when it may be off this year. */
export interface HolidayOnDay {
  readonly name: HolidayName;
  readonly certain: boolean;
}

/** First and last day, counted from the day that gives the holiday its name. */
type Span = readonly [first: number, last: number];

interface Rule {
  readonly day: (year: number) => LocalDay | null;
  readonly certain: Span | null;
  /** Days that some years' decision adds. Nobody may be told that a line is open on them. */
  readonly perhaps: Span;
}

const yearly = (month: number, day: number) => (year: number) => dayOfDate({ year, month, day });
const lunar = (month: number, day: number) => (year: number) => dayOfLunarDate(year, { month, day });

/**
 * Tết is five days off by law, one or two before the new year and the rest after, as decided for each year: the last
 * day of the old year and the first three of the new are off either way. Many are away for longer, from the 25th or
 * so of the last month until the 7th of the first. The National Day brings a second day, before or after it. The
 * Culture Day was announced in January 2026; that the law now grants it was not read.
 * Days given in place of a holiday at a weekend, and working days that are swapped, are not known here at all.
 */
const RULES: Readonly<Record<HolidayName, Rule>> = {
  "new-year": { day: yearly(1, 1), certain: [0, 0], perhaps: [0, 0] },
  tet: { day: lunar(1, 1), certain: [-1, 2], perhaps: [-5, 6] },
  "hung-kings": { day: lunar(3, 10), certain: [0, 0], perhaps: [0, 0] },
  reunification: { day: yearly(4, 30), certain: [0, 0], perhaps: [0, 0] },
  labour: { day: yearly(5, 1), certain: [0, 0], perhaps: [0, 0] },
  "national-day": { day: yearly(9, 2), certain: [0, 0], perhaps: [-1, 1] },
  "culture-day": { day: yearly(11, 24), certain: null, perhaps: [0, 0] },
};

/** The public holidays of Vietnam that touch `day`; null when the lunar calendar of that year cannot be computed. */
export function holidaysOn(day: LocalDay): readonly HolidayOnDay[] | null {
  const { year } = dateOfDay(day);
  const found: HolidayOnDay[] = [];
  for (const name of HOLIDAYS) {
    const rule = RULES[name];
    const named = rule.day(year);
    if (named === null) return null;
    const distance = day - named;
    if (isWithin(distance, rule.perhaps)) found.push({ name, certain: isWithin(distance, rule.certain) });
  }
  return found;
}

function isWithin(distance: number, span: Span | null): boolean {
  return span !== null && distance >= span[0] && distance <= span[1];
}
