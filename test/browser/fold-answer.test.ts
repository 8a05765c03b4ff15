import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { foldAnswer } from "../../src/browser/widget/fold-answer.ts";

const wordsIn = (text: string) => text.split(/\s+/).filter((word) => word !== "");
const all = ({ text, points }: { text: string; points: readonly string[] }) =>
  wordsIn([text, ...points].join(" "));

const word = fc.constantFrom("bạn", "nhé", "kể.", "chuyện?", "này…", "a\nb", "đã");
const text = fc.array(word, { maxLength: 150 }).map((words) => words.join(" "));
const answers = fc.record({ text, points: fc.array(text, { maxLength: 8 }) });

describe("folding a long answer", () => {
  it("loses no word and keeps their order", () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const { shown, rest } = foldAnswer(answer);
        expect([...all(shown), ...(rest === null ? [] : all(rest))]).toEqual(all(answer));
      }),
    );
  });

  it("shows at least the first 60 words and the first three points, and folds nothing short away", () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const { shown, rest } = foldAnswer(answer);
        if (rest === null) return;
        expect(all(shown).length).toBeGreaterThanOrEqual(60);
        expect(shown.points.length).toBeGreaterThanOrEqual(Math.min(3, answer.points.length));
        expect(all(rest).length).toBeGreaterThanOrEqual(30);
      }),
    );
  });

  it("leaves an answer of 89 words whole", () => {
    const long = Array.from({ length: 89 }, () => "chữ.").join(" ");
    expect(foldAnswer({ text: long, points: [] }).rest).toBeNull();
    expect(foldAnswer({ text: `${long} chữ.`, points: [] }).rest).not.toBeNull();
  });

  it("cuts a text at the end of a sentence", () => {
    const sentence = "Một hai ba bốn năm sáu bảy tám chín mười. ";
    const { shown, rest } = foldAnswer({ text: sentence.repeat(12).trim(), points: [] });
    expect(shown.text).toBe(sentence.repeat(6).trim());
    expect(rest?.text).toBe(sentence.repeat(6).trim());
  });
});
