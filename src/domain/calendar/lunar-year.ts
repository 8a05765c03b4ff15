import { dayOfDate, type LocalDay, localDayAt, momentOf } from "./local-day.ts";
import { newMoonAt, newMoonBefore } from "./new-moon.ts";
import { sunLongitudeAt } from "./sun-longitude.ts";

/** Years whose lunar dates are computed: after them some new moons fall too near midnight for what is known of the earth's spin. */
export const LUNAR_YEARS = { first: 2000, last: 2050 } as const;

export interface LunarMonth {
  /** 1 (giêng) to 12 (chạp). */
  readonly month: number;
  /** A leap month (nhuận) bears the number of the one before it. */
  readonly leap: boolean;
  readonly firstDay: LocalDay;
}

const computed = new Map<number, readonly LunarMonth[]>();

/**
 * The months of the Vietnamese lunisolar calendar from month 11 before the new year (Tết) of `year` until the last
 * before the next month 11, in order. The rules are those of the Chinese calendar, but days change at midnight in
 * Vietnam (UTC+7), which now and then moves a date: Tết 2030 falls a day before the Chinese new year.
 * Null outside `LUNAR_YEARS`.
 */
export function lunarMonths(year: number): readonly LunarMonth[] | null {
  if (!Number.isInteger(year) || year < LUNAR_YEARS.first || year > LUNAR_YEARS.last) return null;
  const known = computed.get(year);
  if (known !== undefined) return known;
  const months = computeMonths(year);
  computed.set(year, months);
  return months;
}

/**
 * The day of a date of the lunar calendar in the year that begins with the Tết of `year`, never in a leap month.
 * Months 11 and 12 come before Tết in this run and so belong to the year before: they are not answered.
 */
export function dayOfLunarDate(year: number, date: { month: number; day: number }): LocalDay | null {
  const month = lunarMonths(year)?.find((each) => each.month === date.month && !each.leap);
  return month === undefined || date.month > 10 ? null : month.firstDay + date.day - 1;
}

function computeMonths(year: number): readonly LunarMonth[] {
  const first = monthOfSolstice(year - 1);
  const next = monthOfSolstice(year);
  const starts = Array.from({ length: next - first + 1 }, (_, index) => localDayAt(newMoonAt(first + index)));
  const needsLeap = next - first === 13;
  const months: LunarMonth[] = [];
  let number = 11;
  let leapSeen = false;
  for (let index = 0; index < next - first; index++) {
    const firstDay = starts[index] ?? 0;
    const leap = needsLeap && !leapSeen && index > 0 && !holdsMainTerm(firstDay, starts[index + 1] ?? 0);
    if (leap) leapSeen = true;
    else if (index > 0) number = (number % 12) + 1;
    months.push({ month: number, leap, firstDay });
  }
  return months;
}

/** The new moon that begins month 11: the month in which the sun reaches 270 degrees. */
function monthOfSolstice(year: number): number {
  const december = momentOf(dayOfDate({ year, month: 12, day: 31 }));
  const index = newMoonBefore(december);
  return sunSector(localDayAt(newMoonAt(index))) >= 9 ? index - 1 : index;
}

/** A month without one of the twelve main terms of the sun (each 30 degrees) is the leap month of a long year. */
function holdsMainTerm(firstDay: LocalDay, nextFirstDay: LocalDay): boolean {
  return sunSector(firstDay) !== sunSector(nextFirstDay);
}

/** In which twelfth of its path, 0 to 11, the sun is as `day` begins. */
function sunSector(day: LocalDay): number {
  return Math.floor(sunLongitudeAt(momentOf(day)) / 30);
}
