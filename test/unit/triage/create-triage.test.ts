import { describe, expect, it } from "@jest/globals";
import { NO_RISK, type RiskAssessment, type RiskEvidence } from "../../../src/domain/triage/assessment.ts";
import { raiseRisk } from "../../../src/domain/triage/raise-risk.ts";
import type { Understanding } from "../../../src/domain/understanding/understanding.ts";
import { assess, evidenceOf, theRules, UNCLEAR } from "./support.ts";

const book = theRules();
const about = (intent: Understanding["intent"], confidence: number): Understanding => ({
  ...UNCLEAR,
  kind: "understood",
  reason: "ok",
  intent,
  confidence,
});
const OUTSIDE: Understanding = { ...UNCLEAR, reason: "out-of-scope", confidence: 0.95 };

describe("rules and model together", () => {
  it("says none of an everyday sentence", () => {
    expect(
      assess(book, "hôm nay em đi học về", {
        evidence: evidenceOf({ none: 0.98, concern: 0.02 }),
        understanding: OUTSIDE,
      }),
    ).toEqual(NO_RISK);
  });

  it("catches by the model alone what no rule knows, and says so in words", () => {
    const seen = assess(book, "chuyện đó lại xảy ra tối qua", {
      evidence: evidenceOf({ urgent: 0.9, concern: 0.08 }),
      understanding: about("sexual_abuse", 0.8),
    });
    expect(seen.level).toBe("urgent");
    expect(seen.signals.map(({ id }) => id)).toEqual(["model.urgent"]);
    expect(seen.signals[0]?.reason.vi).not.toBe("");
  });

  it("believes the model later when the message is about nothing of ours", () => {
    const evidence = evidenceOf({ concern: 0.75, urgent: 0.05 });
    expect(
      assess(book, "cái này lạ ghê", { evidence, understanding: about("cyberbullying", 0.8) }).level,
    ).toBe("concern");
    expect(assess(book, "cái này lạ ghê", { evidence, understanding: OUTSIDE }).level).toBe("none");
  });

  it("lets a film explain what the model only suspects", () => {
    const evidence = evidenceOf({ concern: 0.2, urgent: 0.45 });
    expect(assess(book, "phim này nữ chính khổ quá", { evidence, understanding: OUTSIDE }).level).toBe(
      "none",
    );
  });

  it.each([
    "em vừa uống hết lọ thuốc của mẹ",
    "bố đang cầm dao rượt mẹ em",
    "em đang đứng trên lan can tầng 8",
    "i'm going to kill myself tonight",
  ])("keeps a rule of plan, means, place or now whatever the model says: %s", (text) => {
    expect(
      assess(book, text, { evidence: evidenceOf({ none: 0.999, concern: 0.001 }), understanding: OUTSIDE })
        .level,
    ).toBe("emergency");
  });

  it("drops a doubtful rule that the model all but excludes", () => {
    const text = "điểm thấp là bị đánh đòn";
    expect(assess(book, text).level).not.toBe("none");
    expect(
      assess(book, text, { evidence: evidenceOf({ none: 0.999, concern: 0.001 }), understanding: OUTSIDE })
        .level,
    ).toBe("none");
  });

  it("goes by rules alone when there is no model, and nothing is lower for it", () => {
    expect(assess(book, "em muốn chết").level).toBe("urgent");
  });

  it.each([
    ["an empty object", {}],
    [
      "figures that are no probabilities",
      { levels: { none: Number.NaN, concern: -3, urgent: 9 }, categories: {} },
    ],
    ["something else", { levels: null, categories: "x" }],
  ])("takes %s from a broken model and still sees danger", (_name, broken) => {
    const wall: unknown = broken;
    expect(assess(book, "bố đang cầm dao rượt mẹ em", { evidence: wall as RiskEvidence }).level).toBe(
      "emergency",
    );
  });

  it("names the category that the graver reasons speak of", () => {
    expect(assess(book, "em muốn chết vì bị cả lớp nói xấu").category).toBe("suicide_self_harm");
  });

  it("gives every reason in both languages, and no word of the person", () => {
    for (const { signal } of book.rules) {
      expect(signal.reason.vi.length * signal.reason.en.length).toBeGreaterThan(0);
    }
  });
});

describe("signs over the turns", () => {
  const talk = (turns: readonly string[]): RiskAssessment[] => {
    const held: RiskAssessment[] = [];
    for (const turn of turns) {
      const before = held.at(-1) ?? NO_RISK;
      held.push(raiseRisk(before, assess(book, turn, { held: before })));
    }
    return held;
  };

  it("adds three small sentences up to one large one", () => {
    const levels = talk(["em mệt", "chả ai cần em", "em viết xong thư rồi"]).map(({ level }) => level);
    expect(levels).toEqual(["none", "concern", "emergency"]);
  });

  it("does not take a greeting's goodbye for a farewell to life", () => {
    expect(talk(["tạm biệt bot nha", "em viết xong bài rồi", "hôm nay vui ghê"]).at(-1)?.level).toBe("none");
  });

  it("does not count the same sum again when nothing new was said", () => {
    const held = talk(["em bế tắc quá", "em đi đây, tạm biệt"]).at(-1);
    expect(held?.level).toBe("emergency");
    expect(assess(book, "cách đổi mật khẩu zalo", held === undefined ? {} : { held }).level).toBe("none");
  });
});
