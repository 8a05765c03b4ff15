import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { normalise } from "../../../src/domain/text/normalise.ts";

const wordsOf = (text: string) => normalise(text).words.join(" ");

describe("normalise", () => {
  it.each([
    ["teencode", "em ko mún sống nx", "em không muốn sống nữa"],
    ["teencode, first letters", "bme e đánh e wài, mn ơi", "bố mẹ em đánh em wài mọi người ơi"],
    ["Telex keys left in", "khoong muoosn soongs nuawx", "không muốn sống nữa"],
    ["Telex keys at the end of a word", "tuwj tuwr", "tự tử"],
    ["VNI keys left in", "tu75 tu73", "tự tử"],
    ["VIQR keys left in", "kho^ng muo^'n so^'ng", "không muốn sống"],
    ["stretched letters", "buồnnnnn quáaaa điii", "buồn quá đi"],
    ["dots inside words of danger", "t.ự t.ử", "tự tử"],
    ["words of danger letter by letter", "c h ế t", "chết"],
    ["figures and signs for letters", "u0ng thu0c, c@t tay, s*x", "uong thuoc cat tay sex"],
    ["underscores", "tự_tử", "tự tử"],
    ["the old place of the tone mark", "hoà thuý", "hòa thúy"],
    ["amounts", "ck cho nó 500k", "chuyển khoản cho nó 500 nghìn"],
    [
      "English text-speak",
      "i dont wanna live anymore pls help u",
      "i do not want to live anymore please help you",
    ],
  ])("reads %s", (_name, typed, meant) => {
    expect(wordsOf(typed)).toBe(meant);
  });

  it.each([
    ["ck is a husband", "ck em đánh em", "chồng em đánh em"],
    ["mk is a password beside fb", "mk fb bị lộ", "mật khẩu facebook bị lộ"],
    ["mk is I elsewhere", "mk buồn quá", "mình buồn quá"],
    ["kb is unknown", "mk kb lm j", "mình không biết làm gì"],
    ["kb is a friend request beside zalo", "nó xin kb zalo", "nó xin kết bạn zalo"],
  ])("resolves a short form by its neighbours: %s", (_name, typed, meant) => {
    expect(wordsOf(typed)).toBe(meant);
  });

  it.each(["lớp 8 lop8 2k8", "sex box bar", "em qua nhà bạn", "hỏng máy", "c3"])(
    "leaves ordinary words alone: %s",
    (text) => {
      expect(wordsOf(text)).toBe(text);
    },
  );

  it("leaves English alone where a word is also a Vietnamese short form", () => {
    expect(wordsOf("he hit me at the bus stop and my mom saw")).toBe(
      "he hit me at the bus stop and my mother saw",
    );
  });

  it("keeps bare words in step with words", () => {
    const { words, bare } = normalise("Đừng đánh con nữa, ba mẹ em cx đánh");
    expect(bare).toHaveLength(words.length);
    expect(bare.join(" ")).toBe("dung danh con nua ba me em cung danh");
  });

  it("marks where sentences begin and what signs were used", () => {
    const utterance = normalise("Em mệt. Em không muốn sống nữa 😭 =))");
    expect(utterance.breaks).toEqual([2]);
    expect(utterance.signs).toEqual(["cry", "laugh"]);
  });
});

const CRY = "em muốn tự tử";

describe("what is hidden is read all the same", () => {
  it.each([
    ["zero-width spaces", "em muốn t\u200bự t\u200dử"],
    ["bidirectional marks", "\u202eem muốn \u2066tự tử"],
    ["letters of NFD", CRY.normalize("NFD")],
    ["full-width letters", "ｅｍ muốn tự tử"],
    ["look-alike Cyrillic letters", "\u0435m mu\u1ed1n tự tử"],
    ["a soft hyphen", "em muốn tự\u00ad tử"],
    ["variation selectors", "em\ufe0f muốn tự tử"],
  ])("%s", (_name, text) => {
    expect(normalise(text)).toEqual(normalise(CRY));
  });

  it("a flood of combining marks does not hide the letters", () => {
    const flooded = "em chet"
      .split("")
      .map((letter) => letter + "\u0317\u0318\u0319\u032a".repeat(50))
      .join("");
    expect(normalise(flooded).bare.join(" ")).toBe("em chet");
  });
});

describe("any text at all", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.string({ unit: "grapheme", maxLength: 400 }),
    fc.string({ unit: fc.constantFrom(..."tự .u-*@0kh\u0301\u200b\ud800".split("")), maxLength: 400 }),
  );

  it("is read without throwing, the same way each time, and in step", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = normalise(text);
        expect(once.bare).toHaveLength(once.words.length);
        expect(once.text.isWellFormed()).toBe(true);
        expect(normalise(text)).toEqual(once);
      }),
    );
  });

  it("is not changed further by being cleaned twice", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = normalise(text).text;
        expect(normalise(once).text).toBe(once);
      }),
    );
  });

  it.each([
    "em buồn quá ",
    "tuwj ",
    "t.u.",
    "a",
    " ",
    "a\u0301\u0317\u0318\u0319",
    "😭:(",
    "?!",
    "s*",
    "a^",
    "x@",
    "\n",
    "kkk",
    "đ'",
  ])("of 100,000 characters of %j is read in under a second", (piece) => {
    const startedAt = performance.now();
    normalise(piece.repeat(Math.ceil(100_000 / piece.length)));
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
