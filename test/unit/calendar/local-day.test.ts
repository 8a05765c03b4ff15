import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  dateOfDay,
  dayOfDate,
  dayOfIsoDate,
  isoDateAt,
  localDayAt,
  minuteOfDay,
  momentOf,
  weekdayOf,
} from "../../../src/domain/calendar/local-day.ts";

const moment = fc.integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2100, 0, 1) });
const wallClock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Ho_Chi_Minh",
  weekday: "short",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function onTheWall(at: number) {
  const parts = new Map(wallClock.formatToParts(at).map(({ type, value }) => [type, value]));
  const number = (type: string) => Number(parts.get(type as Intl.DateTimeFormatPartTypes));
  return {
    date: { year: number("year"), month: number("month"), day: number("day") },
    minute: number("hour") * 60 + number("minute"),
    weekday: parts.get("weekday")?.toLowerCase(),
  };
}

describe("the clock of Vietnam", () => {
  it("shows what the time-zone data of this machine shows, at any moment since 1976", () => {
    fc.assert(
      fc.property(moment, (at) => {
        const day = localDayAt(at);
        expect({ date: dateOfDay(day), minute: minuteOfDay(at), weekday: weekdayOf(day) }).toEqual(
          onTheWall(at),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("turns a day into the moment it begins, and back", () => {
    fc.assert(
      fc.property(moment, (at) => {
        const day = localDayAt(at);
        expect(localDayAt(momentOf(day))).toBe(day);
        expect(localDayAt(momentOf(day) - 1)).toBe(day - 1);
        expect(dayOfDate(dateOfDay(day))).toBe(day);
        expect(dayOfIsoDate(isoDateAt(at))).toBe(day);
        expect(momentOf(day, minuteOfDay(at))).toBeLessThanOrEqual(at);
        expect(at - momentOf(day, minuteOfDay(at))).toBeLessThan(60_000);
      }),
    );
  });

  it("says midnight in Vietnam while it is still the evening before in London", () => {
    const at = Date.UTC(2026, 1, 16, 17, 0);
    expect(dateOfDay(localDayAt(at))).toEqual({ year: 2026, month: 2, day: 17 });
    expect(minuteOfDay(at)).toBe(0);
    expect(weekdayOf(localDayAt(at))).toBe("tue");
  });
});
