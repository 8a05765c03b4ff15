import { describe, expect, it } from "@jest/globals";
import type { JudgedMessage } from "../../../src/cli/evaluation/judge.ts";
import { figuresOfUnderstanding } from "../../../src/cli/evaluation/understanding-figures.ts";
import type { IntentId } from "../../../src/domain/taxonomy/intent.ts";
import { NO_RISK } from "../../../src/domain/triage/assessment.ts";

function judged(intent: IntentId, heard: IntentId, confidence = 0.9): JudgedMessage {
  return {
    message: {
      text: "một hai ba",
      locale: "vi",
      style: "clean",
      intent,
      audience: "teen",
      risk: "none",
      category: "none",
    },
    understanding: {
      ...(heard === "out_of_scope"
        ? { kind: "unclear", reason: "out-of-scope", intent: heard }
        : { kind: "understood", reason: "ok", intent: heard }),
      confidence,
      alternatives: [{ intent: heard, confidence }],
      locale: "vi",
      audience: "unknown",
    },
    risk: NO_RISK,
  };
}

describe("the figures of understanding", () => {
  const figures = figuresOfUnderstanding([
    judged("scam", "scam"),
    judged("scam", "sextortion"),
    judged("scam", "out_of_scope"),
    judged("out_of_scope", "out_of_scope"),
    judged("out_of_scope", "greeting"),
  ]);

  it("count what was right, in and out of scope", () => {
    expect(figures.overall).toMatchObject({ hit: 2, of: 5 });
    expect(figures.inScope).toMatchObject({ hit: 1, of: 3 });
    expect(figures.acceptedOutside).toMatchObject({ hit: 1, of: 2 });
    expect(figures.refusedInside).toMatchObject({ hit: 1, of: 3 });
  });

  it("weigh every intent the same in macro-F1", () => {
    // scam: 1 right of 3 said and 1 heard; out_of_scope: 1 right of 2 said and 2 heard.
    expect(figures.overall.macroF1).toBeCloseTo((2 / 4 + 2 / 4) / 2);
  });

  it("count the speaker only where the text tells", () => {
    expect(figures.audienceWhereTold).toMatchObject({ hit: 0, of: 5 });
  });

  it("show what a stricter or looser gate would do", () => {
    expect(figures.curve[0]).toEqual({ bar: 0.1, acceptedOutside: 0.5, refusedInside: 1 / 3 });
  });

  it("name the confusions", () => {
    expect(figures.confusions.map(({ pair }) => pair).sort()).toEqual([
      "out_of_scope → greeting",
      "scam → out_of_scope",
      "scam → sextortion",
    ]);
  });

  it("tell how far confidence is from the truth", () => {
    expect(figures.calibrationError).toBeCloseTo(Math.abs(0.9 * 5 - 2) / 5);
  });
});
