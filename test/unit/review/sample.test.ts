import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { estimateRecall } from "../../../src/domain/review/estimate-recall.ts";
import { estimateTalks, placeInSample } from "../../../src/domain/review/place-in-sample.ts";
import { WEEK_MS, weekOf } from "../../../src/domain/review/review-week.ts";
import { decide, type Verdict } from "../../../src/domain/review/verdict.ts";
import { conversationId } from "../../support/builders.ts";

const PLACES = 60;
function ranksOf(talks: number, week: string): number[] {
  const ranks = Array.from({ length: PLACES }, () => 1);
  for (let n = 0; n < talks; n++) {
    const { place, rank } = placeInSample(`w${(n * 7919).toString(36)}-${n}`, week, PLACES);
    ranks[place] = Math.min(ranks[place] ?? 1, rank);
  }
  return ranks;
}

describe("the sample of talks that are read again", () => {
  it("gives every talk the same chance: places are evenly filled, and who is drawn changes with the week", () => {
    const counts = Array.from({ length: PLACES }, () => 0);
    const ids = Array.from({ length: 12_000 }, (_, n) => `talk-${n}`);
    for (const id of ids) {
      const { place, rank } = placeInSample(id, "2026-11-23 all", PLACES);
      counts[place] = (counts[place] ?? 0) + 1;
      expect(rank).toBeGreaterThanOrEqual(0);
      expect(rank).toBeLessThan(1);
    }
    // 200 a place; six standard deviations of chance.
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(6 * Math.sqrt(200));
    const again = ids.filter((id) =>
      [placeInSample(id, "a", PLACES), placeInSample(id, "b", PLACES)].every(({ place }) => place === 0),
    );
    expect(again.length).toBeLessThan(20);
  });

  it("tells how many talks there were, to within a fifth for most weeks, without counting one", () => {
    for (const talks of [100, 1000, 20_000]) {
      const estimates = Array.from({ length: 20 }, (_, week) => estimateTalks(ranksOf(talks, `${week}`)));
      const near = estimates.filter((each) => Math.abs(each - talks) < 0.2 * talks);
      expect(near.length).toBeGreaterThanOrEqual(14);
      const mean = estimates.reduce((sum, each) => sum + each, 0) / estimates.length;
      expect(Math.abs(mean - talks)).toBeLessThan(0.1 * talks);
    }
    expect(estimateTalks(ranksOf(0, "x"))).toBe(0);
  });

  it("runs from Monday to Sunday by the clock of Vietnam", () => {
    // 22 November 2026 was a Sunday; at 17:00 UTC Monday begins in Hanoi.
    const sunday = Date.UTC(2026, 10, 22, 16, 59);
    expect(weekOf(sunday).name).toBe("2026-11-16");
    expect(weekOf(sunday + 60_000).name).toBe("2026-11-23");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
        const week = weekOf(now);
        expect(week.until - week.from).toBe(WEEK_MS);
        expect(now >= week.from && now < week.until).toBe(true);
      }),
    );
  });
});

describe("what readers say", () => {
  const say = (...levels: Verdict["level"][]) =>
    decide(levels.map((level) => ({ conversationId: conversationId("w1"), level, at: 1 })));

  it("counts when two say the same of the danger, and is open until then", () => {
    expect(say()).toBe("open");
    expect(say("urgent")).toBe("open");
    expect(say("urgent", "none")).toBe("open");
    expect(say("urgent", "emergency")).toBe("missed");
    expect(say("none", "concern")).toBe("fine");
    expect(say("urgent", "none", "urgent")).toBe("missed");
    expect(say("urgent", null, null)).toBe("open");
  });
});

describe("the share of dangers that are seen", () => {
  it("is one with none missed, yet its interval says how few were read", () => {
    const few = estimateRecall({ caught: 40, talks: 500, judged: 20, missed: 0 });
    const many = estimateRecall({ caught: 40, talks: 500, judged: 400, missed: 0 });
    expect(few?.recall).toBe(1);
    expect(few?.low).toBeLessThan(0.4);
    expect(many?.low).toBeGreaterThan(0.85);
  });

  it("falls with every danger that was missed, and its interval holds it", () => {
    const counts = fc.record({
      caught: fc.integer({ min: 1, max: 500 }),
      talks: fc.integer({ min: 1, max: 5000 }),
      judged: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 59 }), (week, missed) => {
        fc.pre(missed < week.judged);
        const one = estimateRecall({ ...week, missed });
        const more = estimateRecall({ ...week, missed: missed + 1 });
        if (one === null || more === null) throw new Error("something was judged");
        expect(more.recall).toBeLessThan(one.recall);
        for (const { low, recall, high } of [one, more]) {
          expect(low).toBeLessThanOrEqual(recall + 1e-12);
          expect(high).toBeGreaterThanOrEqual(recall - 1e-12);
          expect(low).toBeGreaterThan(0);
          expect(high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("is not claimed while nothing was judged, or nobody was in danger", () => {
    expect(estimateRecall({ caught: 3, talks: 100, judged: 0, missed: 0 })).toBeNull();
    expect(estimateRecall({ caught: 0, talks: 100, judged: 9, missed: 0 })).toBeNull();
  });
});
