import { describe, expect, it } from "@jest/globals";
import { dateOfDay, dayOfIsoDate } from "../../../src/domain/calendar/local-day.ts";
import { dayOfLunarDate, LUNAR_YEARS, lunarMonths } from "../../../src/domain/calendar/lunar-year.ts";
import { newMoonAt, newMoonBefore } from "../../../src/domain/calendar/new-moon.ts";
import { sunLongitudeAt } from "../../../src/domain/calendar/sun-longitude.ts";
import { newMoons, refereeTet, solsticeOf } from "./sky-referee.ts";

const years = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const MINUTE = 60_000;

/** As printed in the calendars of Vietnam. */
const TET = [
  "2020-01-25",
  "2021-02-12",
  "2022-02-01",
  "2023-01-22",
  "2024-02-10",
  "2025-01-29",
  "2026-02-17",
  "2027-02-06",
  "2028-01-26",
  "2029-02-13",
  "2030-02-02",
  "2031-01-23",
  "2032-02-11",
  "2033-01-31",
  "2034-02-19",
  "2035-02-08",
  "2036-01-28",
  "2037-02-15",
  "2038-02-04",
  "2039-01-24",
  "2040-02-12",
];

function iso(day: number | null): string {
  if (day === null) return "none";
  const { year, month, day: dayOfMonth } = dateOfDay(day);
  return `${year}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

describe("Tết", () => {
  it.each(TET)("falls on %s", (date) => {
    expect(iso(dayOfLunarDate(Number(date.slice(0, 4)), { month: 1, day: 1 }))).toBe(date);
  });

  it("falls a day before the Chinese new year in 2007 and 2030, when the moon is new late in the evening", () => {
    expect(iso(dayOfLunarDate(2007, { month: 1, day: 1 }))).toBe("2007-02-17");
    expect(iso(dayOfLunarDate(2030, { month: 1, day: 1 }))).toBe("2030-02-02");
  });

  it("is on the same day by another theory of the moon and the sun, every year that is computed", () => {
    const wrong = years(LUNAR_YEARS.first, LUNAR_YEARS.last).filter(
      (year) => dayOfLunarDate(year, { month: 1, day: 1 }) !== refereeTet(year),
    );
    expect(wrong).toEqual([]);
  });

  it("is not answered for years that cannot be computed", () => {
    for (const year of [LUNAR_YEARS.first - 1, LUNAR_YEARS.last + 1, 2026.5, Number.NaN])
      expect(dayOfLunarDate(year, { month: 1, day: 1 })).toBeNull();
  });
});

describe("the Hùng Kings' day", () => {
  it.each(["2024-04-18", "2025-04-07", "2026-04-26", "2027-04-16", "2028-04-04"])("falls on %s", (date) => {
    expect(iso(dayOfLunarDate(Number(date.slice(0, 4)), { month: 3, day: 10 }))).toBe(date);
  });

  it("comes after the leap second month of 2023", () => {
    expect(lunarMonths(2023)?.filter(({ leap }) => leap)).toEqual([
      { month: 2, leap: true, firstDay: dayOfIsoDate("2023-03-22") },
    ]);
    expect(iso(dayOfLunarDate(2023, { month: 3, day: 10 }))).toBe("2023-04-29");
  });
});

describe("the lunar months", () => {
  it("follow one another with 29 or 30 days, over the seam of two years as well", () => {
    const starts = years(LUNAR_YEARS.first, LUNAR_YEARS.last).flatMap((year) =>
      (lunarMonths(year) ?? []).map(({ firstDay }) => firstDay),
    );
    const lengths = new Set(starts.slice(1).map((start, index) => start - (starts[index] ?? 0)));
    expect([...lengths].sort((a, b) => a - b)).toEqual([29, 30]);
  });

  it("count eleven, twelve, one to ten, with one leap month in a long year and none in a short one", () => {
    for (const year of years(LUNAR_YEARS.first, LUNAR_YEARS.last)) {
      const months = lunarMonths(year) ?? [];
      expect(months.filter(({ leap }) => !leap).map(({ month }) => month)).toEqual([
        11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      ]);
      const leaps = months.filter(({ leap }) => leap).length;
      expect(leaps).toBe(months.length - 12);
      expect(leaps).toBeLessThanOrEqual(1);
    }
  });

  it("have the leap months that the printed calendars have", () => {
    const leaps = years(2001, 2034).flatMap((year) =>
      (lunarMonths(year) ?? []).filter(({ leap }) => leap).map(({ month }) => `${year}/${month}`),
    );
    expect(leaps).toEqual([
      "2001/4",
      "2004/2",
      "2006/7",
      "2009/5",
      "2012/4",
      "2014/9",
      "2017/6",
      "2020/4",
      "2023/2",
      "2025/6",
      "2028/5",
      "2031/3",
      // The leap month after month 11 of 2033 stands before the Tết of 2034.
      "2034/11",
    ]);
  });
});

describe("the sky that the months rest on", () => {
  it("has its new moons within two minutes of another theory of the moon", () => {
    const moons = newMoons(Date.UTC(2000, 0, 1), Date.UTC(2051, 0, 1));
    expect(moons.length).toBeGreaterThan(620);
    const off = moons.map((at) => Math.abs(newMoonAt(newMoonBefore(at + 5 * 86_400_000)) - at));
    expect(Math.max(...off)).toBeLessThan(2 * MINUTE);
  });

  it("has its winter solstices within a quarter of an hour of the tables", () => {
    const perMinute = 360 / (365.2422 * 1440);
    for (const year of years(2000, 2050)) {
      const off = Math.abs(sunLongitudeAt(solsticeOf(year)) - 270) / perMinute;
      expect(off).toBeLessThan(15);
    }
  });

  it("never leaves a new moon so near midnight that a minute would move the day", () => {
    const fromMidnight = years(2000, 2050).flatMap((year) =>
      (lunarMonths(year) ?? []).map(({ firstDay }) => {
        const midnight = firstDay * 86_400_000 - 7 * 3_600_000;
        const at = newMoonAt(newMoonBefore(midnight + 86_400_000));
        return Math.min(Math.abs(at - midnight), Math.abs(midnight + 86_400_000 - at));
      }),
    );
    expect(Math.min(...fromMidnight)).toBeGreaterThan(90_000);
  });
});
