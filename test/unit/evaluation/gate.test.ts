import { describe, expect, it } from "@jest/globals";
import { type Figure, findFalls, formatFall, noiseOf } from "../../../src/cli/evaluation/gate.ts";

const found = (hit: number, of = 100): Figure => ({ name: "intent: all", hit, of, want: "more" });
const alarms = (hit: number, of = 100): Figure => ({ name: "alarms: all", hit, of, want: "less" });

describe("the gate", () => {
  it("lets a figure pass that is as good as it was, better, or worse by no more than its noise", () => {
    for (const hit of [100, 90, 88]) expect(findFalls([found(hit)], [found(90)])).toEqual([]);
  });

  it("stops a figure that fell by more than its noise", () => {
    expect(findFalls([found(85)], [found(90)])).toHaveLength(1);
  });

  it("reads false alarms the other way round", () => {
    expect(findFalls([alarms(9)], [alarms(4)])).toHaveLength(1);
    expect(findFalls([alarms(0)], [alarms(4)])).toEqual([]);
  });

  it("stops a figure that is no longer measured at all", () => {
    expect(findFalls([], [found(90), alarms(4)])).toHaveLength(2);
  });

  it("lets a new figure in without a comparison", () => {
    expect(findFalls([found(10)], [])).toEqual([]);
  });

  it("allows a large slice less than a small one, and one message at least", () => {
    expect(noiseOf(found(900, 1000))).toBeLessThan(noiseOf(found(18, 20)));
    expect(noiseOf(found(20, 20))).toBeGreaterThanOrEqual(1 / 20);
  });

  it("says what fell, from where to where", () => {
    const [fall] = findFalls([found(70)], [found(90)]);
    expect(fall && formatFall(fall)).toContain("intent: all: 90.0 % → 70.0 % (70 of 100");
  });
});
