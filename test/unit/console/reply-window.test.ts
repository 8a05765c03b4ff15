import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { replyWindow } from "../../../src/browser/console/reply-window.ts";
import { NOON } from "../../support/builders.ts";

const HOUR = 3600 * 1000;

describe("how long Zalo lets us answer", () => {
  it.each([
    [0, "free", 48],
    [47, "free", 1],
    [48, "billed", 120],
    [167, "billed", 1],
    [168, "shut", 0],
    [10_000, "shut", 0],
  ])("%d hours after the person's last words: %s, for %d more", (past, kind, left) => {
    expect(replyWindow(NOON, NOON + past * HOUR)).toEqual({ kind, leftMs: left * HOUR });
  });

  it("only ever closes while nobody writes, and never says a time that has passed", () => {
    const order = ["free", "billed", "shut"];
    fc.assert(
      fc.property(fc.nat(400 * HOUR), fc.nat(400 * HOUR), (a, b) => {
        const [early, late] = [
          replyWindow(NOON, NOON + Math.min(a, b)),
          replyWindow(NOON, NOON + Math.max(a, b)),
        ];
        expect(order.indexOf(early.kind)).toBeLessThanOrEqual(order.indexOf(late.kind));
        expect(early.leftMs).toBeGreaterThanOrEqual(0);
        expect(late.kind === "shut").toBe(late.leftMs === 0);
      }),
    );
  });
});
