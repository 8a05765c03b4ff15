import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CODE_WORDS } from "../../../src/domain/return-code/code-words.ts";
import { afterFailure, NO_TRIES, type Tries, waitOf } from "../../../src/domain/return-code/growing-waits.ts";
import { CODE_LENGTH, drawCode, readCode } from "../../../src/domain/return-code/return-code.ts";

/** Syllables that are, or without accents could be read as, rude or frightening. */
const UNWANTED =
  /\b(ma|chet|giet|dam|mau chay|bom|sung dan|cu|lon|cac|dit|buoi|cut|dai ca|tu tu|hiep|danh dap|so hai)\b/;

describe("the words of return codes", () => {
  it("are at least 1,024 and all different, so that a code has at least 40 bits", () => {
    expect(new Set(CODE_WORDS).size).toBe(CODE_WORDS.length);
    expect(CODE_LENGTH * Math.log2(CODE_WORDS.length)).toBeGreaterThanOrEqual(40);
  });

  it("can be typed on any keyboard: two syllables of plain letters each", () => {
    expect(CODE_WORDS.filter((word) => !/^[a-z]{1,7} [a-z]{1,7}$/.test(word))).toEqual([]);
  });

  it("hold nothing rude or frightening, not even without accents", () => {
    expect(CODE_WORDS.filter((word) => UNWANTED.test(word))).toEqual([]);
  });
});

describe("a return code", () => {
  const codes = fc
    .array(fc.nat(CODE_WORDS.length - 1), { minLength: CODE_LENGTH, maxLength: CODE_LENGTH })
    .map((picks) => drawCode(() => picks.shift() ?? 0));

  it("is drawn from the whole list", () => {
    expect(drawCode((below) => below - 1)).toEqual(
      Array.from({ length: CODE_LENGTH }, () => CODE_WORDS.at(-1)),
    );
    expect(drawCode(() => 0)[0]).toBe(CODE_WORDS[0]);
  });

  it("is read back however it is written: capitals, accents, commas, lines, more spaces", () => {
    const marks = fc.constantFrom("", "\u0301", "\u0300", "\u0323", "\u0302\u0301");
    const gaps = fc.constantFrom(" ", "  ", ", ", "-", "\n", " . ");
    fc.assert(
      fc.property(codes, fc.infiniteStream(marks), fc.infiniteStream(gaps), (words, accents, between) => {
        const written = words
          .join(" ")
          .split(" ")
          .map((syllable) =>
            syllable.replace(/[aeou]/, (vowel) => (vowel + (accents.next().value ?? "")).normalize("NFC")),
          )
          .map((syllable, at) => (at % 2 === 0 ? syllable.toUpperCase() : syllable))
          .reduce(
            (text, syllable) => text + (text === "" ? "" : (between.next().value ?? " ")) + syllable,
            "",
          );
        expect(readCode(written)).toEqual(words);
      }),
    );
  });

  it("knows đ", () => {
    expect(readCode("Đèn bàn, dép lê, quả đào, ban đầu")).toBeNull();
    expect(readCode("Đèn bàn, dép lê, quả đào, ĐÈN HỌC")).toEqual([
      "den ban",
      "dep le",
      "qua dao",
      "den hoc",
    ]);
  });

  it.each([
    "",
    "con meo",
    "con meo con meo con meo",
    "con meo ".repeat(5),
    "con meo con meo con meo con zzz",
  ])("is not %j", (typed) => expect(readCode(typed)).toBeNull());

  it("any other text is no code, and reading it does not fail", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => expect(readCode(typed)).toBeNull()));
  });
});

describe("tries at codes", () => {
  const rule = { free: 3, firstMs: 1000, longestMs: 60_000, forgiveMs: 3_600_000 };
  const failing = (times: number): Tries => {
    let tries = NO_TRIES;
    for (let each = 0; each < times; each++) tries = afterFailure(tries, 0, rule);
    return tries;
  };

  it("a few are free, then each failure doubles the wait, up to the longest", () => {
    expect([1, 2, 3, 4, 5, 8, 50].map((times) => waitOf(failing(times), 0))).toEqual([
      0, 0, 1000, 2000, 4000, 32_000, 60_000,
    ]);
  });

  it("a wait passes, and a long quiet time forgives", () => {
    const tries = failing(6);
    expect(waitOf(tries, 8000)).toBe(0);
    expect(waitOf(afterFailure(tries, rule.forgiveMs + 1, rule), rule.forgiveMs + 1)).toBe(0);
  });
});
