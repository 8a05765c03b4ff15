import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type PlainStyle, renderPlain, splitText } from "../../../src/app/render-plain.ts";
import type { Speech } from "../../../src/domain/conversation/message.ts";

const style: PlainStyle = { limit: 4096, locale: "vi", points: "numbered" };
const aSpeech = (over: Partial<Speech> = {}): Speech => ({
  text: "Chào bạn",
  points: [],
  helplines: [],
  buttons: [],
  tone: "plain",
  ...over,
});
const HELPLINE = { id: "child", number: "111", name: "Tổng đài bảo vệ trẻ em", note: "Miễn phí" };

// Letters with tone marks (composed and not), markup, emoji of several parts, blanks, halves of pairs, invisible signs.
const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    "nghiêng. ",
    "e\u0323\u0302",
    "👩‍👩‍👧‍👦",
    "🇻🇳",
    "<b>&amp;</b>",
    "*_[x](y)_*",
    "\n",
    "\n\n",
    "   ",
    "\u200b",
    "\ud83d",
    "\udc4d",
    "1. ",
    "…",
    "dài".repeat(60),
  ),
);
const anyText = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(""));
const withoutBlanks = (text: string) => text.toWellFormed().replace(/\s+/gu, "");
/** Signs that nobody sees; a block of only these would be refused and is left out. */
const seen = (text: string) => withoutBlanks(text).replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, "");

describe("splitText", () => {
  it("delivers any text unchanged to the eye, in order, within the limit", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 80 }), (text, limit) => {
        const blocks = splitText(text, limit);
        for (const block of blocks) {
          expect(block.length).toBeLessThanOrEqual(limit);
          expect(block.trim()).not.toBe("");
          expect(block.isWellFormed()).toBe(true);
        }
        expect(seen(blocks.join(""))).toBe(seen(text));
      }),
      { numRuns: 1500 },
    );
  });

  it("loses only white space: every block is a piece of the text, one after the other", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 40, max: 200 }), (text, limit) => {
        const whole = text.toWellFormed();
        let from = 0;
        for (const block of splitText(text, limit)) {
          const at = whole.indexOf(block, from);
          expect(at).toBeGreaterThanOrEqual(from);
          expect(seen(whole.slice(from, at))).toBe("");
          from = at + block.length;
        }
      }),
    );
  });

  it.each([
    { text: "Câu một. Câu hai! Câu ba?", limit: 20, blocks: ["Câu một. Câu hai!", "Câu ba?"] },
    { text: "Dòng một dài\nDòng hai. Còn nữa", limit: 20, blocks: ["Dòng một dài", "Dòng hai. Còn nữa"] },
    { text: "không có dấu câu nào cả", limit: 12, blocks: ["không có dấu", "câu nào cả"] },
    { text: "aaaaaaaaaa", limit: 4, blocks: ["aaaa", "aaaa", "aa"] },
    { text: "Em hỏi: “Sao vậy?” Chị nói.", limit: 19, blocks: ["Em hỏi: “Sao vậy?”", "Chị nói."] },
    { text: "   ", limit: 5, blocks: [] },
    { text: "", limit: 5, blocks: [] },
  ])("cuts $text at $limit into $blocks", ({ text, limit, blocks }) => {
    expect(splitText(text, limit)).toEqual(blocks);
  });

  it("keeps a letter with its marks, and an emoji with its parts, together", () => {
    expect(splitText(`${"a".repeat(9)}e\u0323\u0302bc`, 10)).toEqual(["a".repeat(9), "e\u0323\u0302bc"]);
    expect(splitText(`${"a".repeat(5)}👩‍👩‍👧‍👦`, 12)).toEqual(["aaaaa", "👩‍👩‍👧‍👦"]);
  });

  it("stays fast on the longest text a person may send, without a single space", () => {
    const startedAt = performance.now();
    expect(splitText("ệ".repeat(10_000), 2000)).toHaveLength(5);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe("renderPlain", () => {
  const bot = (speech: Partial<Speech>, over: Partial<PlainStyle> = {}) =>
    renderPlain({ from: "bot", speech: aSpeech(speech) }, { ...style, ...over });

  it("puts text, points and helplines one under the other", () => {
    expect(bot({ points: ["Chụp màn hình", "Chặn người đó"], helplines: [HELPLINE] })).toEqual([
      "Chào bạn\n\n1. Chụp màn hình\n2. Chặn người đó\n\n☎ 111 – Tổng đài bảo vệ trẻ em (Miễn phí)",
    ]);
  });

  it("lists the buttons with the numbers that pick them now, and bullets the rest", () => {
    const buttons = [
      { label: "Có", value: "a:x" },
      { label: "Không", value: "a:y" },
    ];
    const points = "bulleted" as const;
    expect(
      bot(
        { points: ["Một việc"], buttons },
        { points, numberOf: ({ value }) => (value === "a:x" ? 3 : null) },
      ),
    ).toEqual(["Chào bạn\n\n• Một việc\n\nTrả lời bằng số để chọn:\n3. Có\n• Không"]);
    expect(bot({ buttons }, { locale: "en", numberOf: () => null })).toEqual([
      "Chào bạn\n\nYou can write:\n• Có\n• Không",
    ]);
  });

  it("says that an emergency is important and that a counsellor is a person", () => {
    expect(bot({ tone: "emergency", helplines: [HELPLINE] })[0]).toMatch(/^❗ Quan trọng\nChào bạn\n\n☎ 111/);
    expect(renderPlain({ from: "counsellor", speech: aSpeech() }, { ...style, locale: "en" })).toEqual([
      "👤 Counsellor – a real person:\nChào bạn",
    ]);
  });

  it("never cuts a helpline from its number", () => {
    const helplines = Array.from({ length: 4 }, () => HELPLINE);
    for (const block of bot({ text: "Một câu. ".repeat(20), helplines }, { limit: 100 })) {
      expect(block.split("☎").length).toBe(block.split("(Miễn phí)").length);
    }
  });
});
