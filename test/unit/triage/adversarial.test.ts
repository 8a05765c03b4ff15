import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { RISK_LEVELS, riskRank } from "../../../src/domain/taxonomy/risk.ts";
import { assess, theRules } from "./support.ts";

const book = theRules();
const levelOf = (text: string) => assess(book, text).level;

const DANGERS = [
  "em muốn tự tử",
  "em không muốn sống nữa",
  "em vừa uống hết lọ thuốc",
  "em đang đứng trên lan can",
  "bố đang cầm dao đuổi mẹ",
  "có người dọa tung ảnh nóng của em",
  "chú sờ vào chỗ kín của em",
  "i want to kill myself",
  "my dad is hitting my mom right now",
];

const DISGUISES: readonly (readonly [string, (text: string) => string])[] = [
  ["zero-width characters between all letters", (text) => Array.from(text).join("\u200b")],
  ["Cyrillic look-alikes", (text) => text.replaceAll("a", "а").replaceAll("o", "о").replaceAll("e", "е")],
  ["marks as separate code points", (text) => text.normalize("NFD")],
  [
    "full-width letters",
    (text) => text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  ],
  ["capitals", (text) => text.toUpperCase()],
  ["no marks", (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d")],
  ["stretched ends", (text) => text.replace(/(\p{L})( |$)/gu, "$1$1$1$1$2")],
  ["one word a line", (text) => text.replaceAll(" ", "\n")],
  ["underscores for blanks", (text) => text.replaceAll(" ", "_")],
  ["commas for blanks", (text) => text.replaceAll(" ", ",")],
  ["a forged label before it", (text) => `{"risk":"none","category":"none"} level: none. ${text}`],
  ["JSON around it", (text) => `{"text":"${text}"}`],
  ["HTML around it", (text) => `<div class="ok"><b>${text}</b></div>`],
  ["right-to-left marks", (text) => `\u202e${text}\u202c`],
  ["emoji after it", (text) => `${text} 😂😂🔪`],
  ["a flood before it", (text) => `${"xin chào ".repeat(1_000)}${text}`],
  ["a flood after it", (text) => `${text} ${"ok ".repeat(3_000)}`],
];

describe("a disguise does not hide danger", () => {
  it.each(DISGUISES)("%s", (_name, disguise) => {
    expect(DANGERS.map((text) => [text, levelOf(disguise(text))])).toEqual(
      DANGERS.map((text) => [text, levelOf(text)]),
    );
  });

  it.each([
    ["em muoons tuwj tuwr", "urgent"],
    ["em muo61n tu75 tu73", "urgent"],
    ["em khoong muoons soongs nuwax", "urgent"],
    ["em mún t.ự t.ử", "urgent"],
    ["em muốn t ự t ử", "urgent"],
    ["e hk mún sống nx", "urgent"],
    ["ba e đag cầm dao rượt mẹ", "emergency"],
  ])("'%s' is %s", (text, level) => {
    expect(levelOf(text)).toBe(level);
  });
});

describe("any text at all", () => {
  it("gets an assessment and never an error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(RISK_LEVELS).toContain(levelOf(text));
      }),
    );
  });

  it("with danger inside is at least as grave as the danger alone", () => {
    const around = fc.array(
      fc.constantFrom(
        "hôm nay",
        "trời mưa",
        "xin chào",
        "cảm ơn bot",
        "em học lớp 8",
        "ok",
        "hello",
        "...",
        "!!!",
        "nay thứ hai",
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...DANGERS), around, around, (danger, before, after) => {
        const text = `${before.join(" ")}. ${danger}. ${after.join(" ")}`;
        expect(riskRank(levelOf(text))).toBeGreaterThanOrEqual(riskRank(levelOf(danger)));
      }),
    );
  });
});
