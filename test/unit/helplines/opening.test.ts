import { describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { localDayAt, minuteOfDay, weekdayOf } from "../../../src/domain/calendar/local-day.ts";
import { holidaysOn } from "../../../src/domain/helplines/holidays.ts";
import { minutesOf } from "../../../src/domain/helplines/hours.ts";
import { openingAt } from "../../../src/domain/helplines/opening.ts";
import { aHelpline, anyHelpline, anyMoment, at, weekly } from "../../support/helplines.ts";

const weekdayLine = aHelpline();
const everyDay = (from: string, to: string) =>
  aHelpline({ hours: weekly(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from, to) });

describe("a line with hours by the week", () => {
  it.each([
    ["2026-12-01 12:59", { kind: "closed", opensAt: at("2026-12-01 13:00") }],
    ["2026-12-01 13:00", { kind: "open", until: at("2026-12-01 20:30") }],
    ["2026-12-01 20:29", { kind: "open", until: at("2026-12-01 20:30") }],
    ["2026-12-01 20:30", { kind: "closed", opensAt: at("2026-12-02 13:00") }],
    ["2026-12-04 21:00", { kind: "closed", opensAt: at("2026-12-07 13:00") }],
    ["2026-12-06 14:00", { kind: "closed", opensAt: at("2026-12-07 13:00") }],
  ])("at %s is %j", (clock, opening) => {
    expect(openingAt(weekdayLine, at(clock))).toEqual(opening);
  });

  it("goes by the clock of Vietnam at an hour when the date in UTC is still the day before", () => {
    const early = everyDay("05:00", "06:00");
    expect(openingAt(early, Date.UTC(2026, 11, 1, 22, 30))).toEqual({
      kind: "open",
      until: Date.UTC(2026, 11, 1, 23, 0),
    });
  });

  it("joins shifts that meet or overlap, over midnight too", () => {
    const night = aHelpline({
      hours: {
        zone: "Asia/Ho_Chi_Minh",
        shifts: [
          { days: ["tue"], from: "22:00", to: "24:00" },
          { days: ["tue"], from: "18:00", to: "22:30" },
          { days: ["wed"], from: "00:00", to: "02:00" },
        ],
      },
    });
    expect(openingAt(night, at("2026-12-01 19:00"))).toEqual({
      kind: "open",
      until: at("2026-12-02 02:00"),
    });
    expect(openingAt(night, at("2026-12-02 02:00"))).toEqual({
      kind: "closed",
      opensAt: at("2026-12-08 18:00"),
    });
  });

  it("joins a morning and an afternoon that meet, and not two with a pause between", () => {
    const shifts = (...spans: [from: string, to: string][]) =>
      aHelpline({
        hours: {
          zone: "Asia/Ho_Chi_Minh",
          shifts: spans.map(([from, to]) => ({ days: ["mon", "tue", "wed"], from, to })),
        },
      });
    const until = (line: ReturnType<typeof aHelpline>, clock: string) => openingAt(line, at(clock));
    expect(until(shifts(["08:00", "12:00"], ["12:00", "17:00"]), "2026-12-01 09:00")).toEqual({
      kind: "open",
      until: at("2026-12-01 17:00"),
    });
    expect(until(shifts(["08:00", "12:00"], ["12:01", "17:00"]), "2026-12-01 09:00")).toEqual({
      kind: "open",
      until: at("2026-12-01 12:00"),
    });
    expect(until(shifts(["00:30", "08:00"], ["18:00", "24:00"]), "2026-12-01 19:00")).toEqual({
      kind: "open",
      until: at("2026-12-02 00:00"),
    });
  });

  it("stops being claimed at midnight when the next day is a holiday it has not spoken about", () => {
    const round = everyDay("00:00", "24:00");
    expect(openingAt(round, at("2026-12-31 23:00"))).toEqual({ kind: "open", until: at("2027-01-01 00:00") });
    expect(openingAt(round, at("2027-01-01 00:00"))).toEqual({ kind: "uncertain" });
  });
});

describe("holidays", () => {
  const resting = aHelpline({ closedOn: ["tet"] });

  it.each(["2027-02-05", "2027-02-08"])("a line that rests at Tết is closed on %s", (date) => {
    expect(openingAt(resting, at(`${date} 14:00`)).kind).toBe("closed");
  });

  it.each(["2027-02-01", "2027-02-04", "2027-02-09", "2027-02-12"])(
    "and is not claimed open on %s, when many are still away",
    (date) => expect(openingAt(resting, at(`${date} 14:00`))).toEqual({ kind: "uncertain" }),
  );

  it("does not say when it opens again, since the days after Tết are not certain", () => {
    expect(openingAt(resting, at("2027-02-08 14:00"))).toEqual({ kind: "closed", opensAt: null });
  });

  it("a line that has not spoken about a holiday is uncertain on it, and closed outside its hours", () => {
    expect(openingAt(weekdayLine, at("2027-01-01 14:00"))).toEqual({ kind: "uncertain" });
    expect(openingAt(weekdayLine, at("2027-01-01 21:00"))).toEqual({
      kind: "closed",
      opensAt: at("2027-01-04 13:00"),
    });
  });

  it("a line that is known to answer on a holiday is open on it", () => {
    const answering = aHelpline({ openOn: ["new-year"] });
    expect(openingAt(answering, at("2027-01-01 14:00")).kind).toBe("open");
  });

  it("a day off is skipped when the next shift is looked for", () => {
    const line = aHelpline({ closedOn: ["new-year"] });
    expect(openingAt(line, at("2026-12-31 21:00"))).toEqual({
      kind: "closed",
      opensAt: at("2027-01-04 13:00"),
    });
  });
});

describe("what is not certain is not claimed", () => {
  const inHours = at("2026-12-01 14:00");

  it.each([
    ["the number is only of medium confidence", aHelpline({ confidence: "medium" })],
    ["the hours are only of medium confidence", aHelpline({ hoursConfidence: "medium" })],
    [
      "round the clock is only of medium confidence",
      aHelpline({ hours: "always", hoursConfidence: "medium" }),
    ],
    ["no source gives the hours", aHelpline({ hours: "unknown" })],
    ["the hours were read more than a year ago", aHelpline({ checked: "2025-11-30" })],
    [
      "the hours were dated and have run out",
      aHelpline({ hours: { ...weekly(["tue"], "13:00", "20:30"), validUntil: "2026-11-30" } }),
    ],
  ])("when %s", (_why, line) => {
    expect(openingAt(line, inHours)).toEqual({ kind: "uncertain" });
  });

  it("when the holidays of the year cannot be computed", () => {
    const line = aHelpline({ checked: "2050-11-01" });
    expect(openingAt(line, at("2050-12-01 14:00")).kind).toBe("open");
    expect(openingAt(line, at("2051-03-01 14:00"))).toEqual({ kind: "uncertain" });
  });

  it("nor is it said to be closed, once its hours are old", () => {
    expect(openingAt(aHelpline({ checked: "2025-11-30" }), at("2026-12-01 21:00"))).toEqual({
      kind: "uncertain",
    });
  });

  it("but dated hours hold on their last day", () => {
    const line = aHelpline({ hours: { ...weekly(["tue"], "13:00", "20:30"), validUntil: "2026-12-01" } });
    expect(openingAt(line, inHours).kind).toBe("open");
    expect(openingAt(line, at("2026-12-01 21:00"))).toEqual({ kind: "closed", opensAt: null });
  });

  it("and a sure line that is always there is always there, at Tết and years later", () => {
    const line = aHelpline({ hours: "always" });
    fc.assert(fc.property(anyMoment, (now) => expect(openingAt(line, now)).toEqual({ kind: "always" })));
  });
});

describe("for any line at any moment", () => {
  it("open is said only inside a shift, on a day that is no unspoken holiday, while the hours are trusted", () => {
    fc.assert(
      fc.property(anyHelpline, anyMoment, (line, now) => {
        if (openingAt(line, now).kind !== "open") return;
        const day = localDayAt(now);
        const minute = minuteOfDay(now);
        const { hours } = line;
        if (typeof hours === "string") throw new Error("only hours by the week can be open");
        const inShift = hours.shifts.some(
          ({ days, from, to }) =>
            days.includes(weekdayOf(day)) && minutesOf(from) <= minute && minute < minutesOf(to),
        );
        expect(inShift).toBe(true);
        expect(
          (holidaysOn(day) ?? [{ name: "tet" as const }]).filter(({ name }) => !line.openOn.includes(name)),
        ).toEqual([]);
        expect(line.confidence === "high" && line.hoursConfidence === "high").toBe(true);
        expect(now).toBeLessThan(Date.parse(`${line.checked}T00:00:00Z`) + 366 * 86_400_000);
      }),
      { numRuns: 3000 },
    );
  });

  it("it stays as told until the moment that was named", () => {
    fc.assert(
      fc.property(anyHelpline, anyMoment, fc.double({ min: 0, max: 1, noNaN: true }), (line, now, part) => {
        const opening = openingAt(line, now);
        const end =
          opening.kind === "open" ? opening.until : opening.kind === "closed" ? opening.opensAt : null;
        if (end === null) return;
        expect(end).toBeGreaterThan(now);
        const between = Math.min(end - 1, Math.floor(now + part * (end - now)));
        expect(openingAt(line, between)).toEqual(opening);
        const then = openingAt(line, end);
        if (opening.kind === "closed") expect(then.kind).toBe("open");
        else expect(then).not.toEqual(opening);
      }),
      { numRuns: 3000 },
    );
  });

  it("this machine is never asked for its own time zone", () => {
    const local = ["getFullYear", "getMonth", "getDate", "getDay", "getHours", "getTimezoneOffset"] as const;
    const asked = local.map((name) => jest.spyOn(Date.prototype, name));
    try {
      for (let hour = 0; hour < 24 * 100; hour++)
        openingAt(weekdayLine, at("2026-12-01 00:00") + hour * 3_600_000);
      expect(asked.flatMap((spy) => spy.mock.calls)).toEqual([]);
    } finally {
      for (const spy of asked) spy.mockRestore();
    }
  });
});
