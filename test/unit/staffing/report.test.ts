import { EMPTY_FILE } from "../../../src/domain/handoff/case-file.ts";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { reportTable } from "../../../src/domain/staffing/report-table.ts";
import { type LevelReport, type Report, reportOf, startOfDay } from "../../../src/domain/staffing/report.ts";
import { aHandoff, aRisk } from "../../support/builders.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// A Monday.
const MONDAY = startOfDay("2026-11-23") ?? 0;
const WEEK = { from: MONDAY, until: MONDAY + 7 * DAY };

describe("a report", () => {
  it("begins its days at midnight in Vietnam, and takes no date that is none", () => {
    expect(new Date(MONDAY).toISOString()).toBe("2026-11-22T17:00:00.000Z");
    for (const wrong of ["", "2026-13-01", "23.11.2026", "2026-11-23T00:00"])
      expect(startOfDay(wrong)).toBeNull();
  });

  it("counts by level who was reached, who left before, and who still waits", () => {
    const at = { risk: aRisk("urgent"), requestedAt: MONDAY };
    const cases = [
      ...[1, 2, 3, 10].map((n) => aHandoff({ ...at, firstReplyAt: MONDAY + n * MINUTE })),
      aHandoff({ ...at, status: "abandoned", endedAt: MONDAY + MINUTE }),
      aHandoff({ ...at }),
      aHandoff({ ...at, risk: aRisk("emergency") }),
    ];
    const [emergency, urgent] = reportOf(cases, WEEK).levels;
    expect(emergency).toMatchObject({
      level: "emergency",
      asked: 1,
      reached: 0,
      pending: 1,
      firstReplyP50: null,
    });
    expect(urgent).toEqual({
      ...{ level: "urgent", asked: 6, reached: 4, leftBefore: 1, pending: 1 },
      ...{ firstReplyP50: 3 * MINUTE, firstReplyP90: 10 * MINUTE },
    });
  });

  it("shows the load of each hour of the week by the clock of Vietnam, as the mean over the weeks of the span", () => {
    const evening = MONDAY + 2 * DAY + 20 * HOUR;
    const cases = [0, 1, 2].map((n) => aHandoff({ requestedAt: evening + n * MINUTE }));
    const one = reportOf(cases, WEEK).hourly;
    expect(one[2]?.[20]).toBe(3);
    expect(one.flat().reduce((sum, each) => sum + each, 0)).toBe(3);
    const two = reportOf(cases, { from: MONDAY, until: MONDAY + 14 * DAY }).hourly;
    expect(two[2]?.[20]).toBe(1.5);
  });

  it("says how many chats at once each hour needs, from how long cases took, and nothing where none has ended", () => {
    const at = { requestedAt: MONDAY + 20 * HOUR, claimedAt: MONDAY + 20 * HOUR };
    expect(reportOf([aHandoff(at)], WEEK).seats).toBeNull();
    const cases = Array.from({ length: 12 }, () =>
      aHandoff({ ...at, status: "resolved", endedAt: at.claimedAt + 30 * MINUTE }),
    );
    const seats = reportOf(cases, WEEK).seats;
    // 12 an hour of half an hour each are 6 erlangs; Erlang C: with 10 seats one in ten waits, with 9 more do.
    expect(seats?.[0]?.[20]).toBe(10);
    expect(seats?.[0]?.[19]).toBe(0);
  });
});

describe("how cases ended and what they were about", () => {
  it("is counted as counsellors said it, and shown outside only from five on", () => {
    const ended = (n: number, ending: "police" | null) =>
      Array.from({ length: n }, () =>
        aHandoff({
          ...{ requestedAt: MONDAY, status: "resolved", endedAt: MONDAY + HOUR, ending },
          file: { ...EMPTY_FILE, tags: ending === null ? ["school"] : ["fraud", "school"] },
        }),
      );
    const report = reportOf(
      [...ended(6, "police"), ...ended(2, null), aHandoff({ requestedAt: MONDAY })],
      WEEK,
    );
    expect(report.endings).toEqual([
      { ending: "police", count: 6 },
      { ending: null, count: 2 },
    ]);
    expect(report.tags).toEqual([
      { tag: "fraud", count: 6 },
      { tag: "school", count: 8 },
    ]);
    const csv = reportTable(report).split("\r\n");
    expect(csv).toEqual(expect.arrayContaining(["police,6", "not said,<5", "fraud,6", "school,8"]));
  });
});

describe("a report that leaves the house", () => {
  const level = fc.record({
    reached: fc.nat(12),
    leftBefore: fc.nat(12),
    pending: fc.nat(12),
  });

  it("shows no count under five, and none that could be worked out from its row", () => {
    fc.assert(
      fc.property(level, (parts) => {
        const asked = parts.reached + parts.leftBefore + parts.pending;
        const row: LevelReport = {
          level: "urgent",
          asked,
          ...parts,
          firstReplyP50: 60_000,
          firstReplyP90: 90_000,
        };
        const report: Report = { levels: [row], endings: [], tags: [], hourly: [], seats: null };
        const [, line = ""] = reportTable(report).split("\r\n");
        const [, sum = "", ...rest] = line.split(",");
        const shown = rest.slice(0, 3);
        for (const [n, count] of [parts.reached, parts.leftBefore, parts.pending].entries())
          expect(shown[n]).toBe(count > 0 && count < 5 ? "<5" : String(count));
        const hidden = shown.filter((each) => each === "<5").length;
        if (hidden === 1) expect(sum).not.toMatch(/^\d/);
        if (parts.reached < 5) expect(rest.slice(3)).toEqual(["", ""]);
      }),
    );
  });
});
