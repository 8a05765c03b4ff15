import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createRandom } from "../../../src/adapters/nlu/nlpjs/random.ts";
import { arrivalsOf, eveningShape } from "../../../src/cli/load/arrivals.ts";
import { needsOf } from "../../../src/cli/load/needs.ts";
import { type DeskPlan, simulateDesk } from "../../../src/cli/load/simulate-desk.ts";
import { meanWait, waitShare } from "../../../src/domain/staffing/erlang-c.ts";

const MINUTE = 60_000;
const aPlan = (over: Partial<DeskPlan>): DeskPlan => ({
  arrivals: [],
  levels: { emergency: 0, urgent: 0, concern: 1 },
  seats: 1,
  meanServiceMs: 10 * MINUTE,
  service: "steady",
  meanPatienceMs: null,
  seed: 1,
  ...over,
});

describe("an evening at the desk, simulated", () => {
  it.each([0.7, 0.85])("waits as Erlang's formula says when ten seats are %d busy", (load) => {
    const servers = 10;
    const offered = servers * load;
    const count = 100_000;
    const spanMs = (count / offered) * 10 * MINUTE;
    const arrivals = arrivalsOf(count, { spanMs, random: createRandom(7), shape: () => 1 });
    const waits = simulateDesk(aPlan({ arrivals, seats: servers })).map(({ waitedMs }) => waitedMs ?? 0);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / count / (10 * MINUTE);
    const late = waits.filter((wait) => wait > 0).length / count;
    expect(Math.abs(late / waitShare({ servers, offered }) - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean / meanWait({ servers, offered }) - 1)).toBeLessThan(0.1);
  });

  it("leaves nobody out, and one seat more makes nobody's wait longer where all are alike", () => {
    const moments = fc.array(fc.integer({ min: 0, max: 120 * MINUTE }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 6 }), (times, seats) => {
        const arrivals = times.sort((a, b) => a - b);
        const waits = (size: number) =>
          new Map(
            simulateDesk(aPlan({ arrivals, seats: size })).map(({ arrivedAt, waitedMs }, index) => [
              `${arrivedAt} ${index}`,
              waitedMs ?? Number.NaN,
            ]),
          );
        const [few, more] = [waits(seats), waits(seats + 1)];
        expect(few.size).toBe(arrivals.length);
        for (const [who, wait] of more) expect(wait).toBeLessThanOrEqual((few.get(who) ?? 0) + 1e-6);
      }),
    );
  });

  it("takes an emergency before everybody who came earlier", () => {
    const arrivals = Array.from({ length: 200 }, (_, index) => index * 1000);
    const served = simulateDesk(
      aPlan({ arrivals, levels: { emergency: 0.1, urgent: 0.3, concern: 0.6 }, service: "spread" }),
    );
    const longest = (level: string) =>
      Math.max(...served.filter((each) => each.level === level).map(({ waitedMs }) => waitedMs ?? 0));
    expect(longest("emergency")).toBeLessThan(longest("urgent"));
    expect(longest("urgent")).toBeLessThan(longest("concern"));
  });

  it("counts who gave up as not served, and gives their place to the next", () => {
    const arrivals = Array.from({ length: 100 }, () => 0);
    const served = simulateDesk(aPlan({ arrivals, meanPatienceMs: 20 * MINUTE }));
    const gone = served.filter(({ waitedMs }) => waitedMs === null).length;
    expect(served).toHaveLength(100);
    expect(gone).toBeGreaterThan(50);
    expect(gone).toBeLessThan(100);
  });
});

describe("the crowd of an evening", () => {
  it("comes when the shape says, as many as were said", () => {
    const arrivals = arrivalsOf(10_000, { spanMs: 1000, random: createRandom(3), shape: eveningShape });
    const between = (from: number, to: number) => arrivals.filter((at) => at >= from && at < to).length;
    expect(arrivals).toHaveLength(10_000);
    expect(Math.min(...arrivals)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...arrivals)).toBeLessThanOrEqual(1000);
    expect(between(550, 650)).toBeGreaterThan(2 * between(0, 100));
  });

  it("has a shape with a mean of one", () => {
    const steps = Array.from({ length: 10_000 }, (_, step) => eveningShape((step + 0.5) / 10_000));
    expect(steps.reduce((sum, value) => sum + value, 0) / steps.length).toBeCloseTo(1, 4);
  });

  it("needs twice the machines when twice as many come", () => {
    const crowd = {
      people: 500_000,
      spanMs: 5 * 60 * MINUTE,
      messagesEach: 6,
      stayMs: 10 * MINUTE,
      peak: 1.5,
    };
    const costs = { turnCpuMs: 2, socketKb: 7, conversationKb: 4 };
    const [one, two] = [needsOf(crowd, costs), needsOf({ ...crowd, people: 1_000_000 }, costs)];
    expect(two.coresBusy).toBeCloseTo(2 * one.coresBusy);
    expect(two.storedGb).toBeCloseTo(2 * one.storedGb);
    expect(one.messagesPerSecond).toBeCloseTo((500_000 * 6 * 1.5) / (5 * 3600));
    expect(one.workers).toBe(Math.ceil(one.coresBusy / 0.6));
  });
});
