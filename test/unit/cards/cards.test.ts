import { describe, expect, it } from "@jest/globals";
import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { CARD_WIDTH, drawCard } from "../../../src/adapters/cards/draw-card.ts";
import { BOLD, REGULAR } from "../../../src/adapters/cards/font.ts";
import { printPage } from "../../../src/adapters/cards/print-page.ts";
import { createCardRenderer } from "../../../src/adapters/cards/render-card.ts";
import { drawable, wrapEvenly, wrapText } from "../../../src/adapters/cards/wrap-text.ts";
import { allCards, type CardContent, cardContentOf } from "../../../src/app/card-content.ts";
import { groupOf, INTENTS } from "../../../src/domain/taxonomy/intent.ts";
import { theFlowBook } from "../../support/flow-book.ts";

const book = theFlowBook();
const A_CARD: CardContent = {
  id: "a/b",
  locale: "vi",
  kicker: "Thẻ ghi nhớ",
  title: "Bị dọa tung ảnh",
  intro: "Không phải lỗi của bạn.",
  points: ["Dừng trả lời.", "Kể với người lớn."],
  helplines: [{ number: "111", name: "Tổng đài quốc gia bảo vệ trẻ em" }],
  footer: "Kề Bên",
};

const VOWELS = "aăâeêioôơuưy";
const TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
const LETTERS = [...VOWELS, "d", "đ", "b", "w"].flatMap((letter) =>
  [letter, letter.toUpperCase()].flatMap((each) =>
    VOWELS.includes(letter) ? TONES.map((tone) => (each + tone).normalize("NFC")) : [each],
  ),
);

describe("the font of the cards", () => {
  it("has every letter of Vietnamese in both weights", () => {
    for (const font of [REGULAR, BOLD])
      expect(LETTERS.filter((letter) => !font.has(letter.codePointAt(0) ?? 0))).toEqual([]);
  });

  it("measures what is drawn: the picture of a line is as wide as was reckoned", () => {
    const text = "Đừng trả lời, đừng chuyển tiền";
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="100"><text y="60" font-family="Be Vietnam Pro" font-size="40">${text}</text></svg>`;
    const box = new Resvg(svg, { font: { fontFiles: [REGULAR.file], loadSystemFonts: false } }).getBBox();
    expect(Math.abs((box?.width ?? 0) - REGULAR.width(text, 40))).toBeLessThan(12);
  });
});

describe("lines of a card", () => {
  it("never run over their box and lose no word, whatever the text", () => {
    const box = { font: REGULAR, size: 38, width: 400 };
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const lines = wrapText(text, box);
        for (const line of lines)
          if (line.length > 1) expect(REGULAR.width(line, 38)).toBeLessThanOrEqual(400);
        expect(lines.join("").replaceAll(" ", "")).toBe(drawable(text, REGULAR).replaceAll(" ", ""));
      }),
      { numRuns: 300 },
    );
  });

  it("reads decomposed letters as composed ones, and leaves out what it cannot draw", () => {
    expect(drawable("Đừng sợ".normalize("NFD"), REGULAR)).toBe("Đừng sợ");
    expect(drawable("gọi 📞 111", REGULAR)).toBe("gọi 111");
  });

  it("leave no word alone at the end where the lines can be even", () => {
    const box = { font: REGULAR, size: 38, width: 824 };
    const text = "Nói lúc đang làm việc khác: đi xe, nấu ăn, đi dạo.";
    expect(wrapText(text, box).at(-1)).toBe("dạo.");
    expect(wrapEvenly(text, box).at(-1)?.split(" ").length).toBeGreaterThan(2);
  });
});

describe("a card", () => {
  it("is a valid picture whatever its words are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const svg = drawCard({ ...A_CARD, title: text, intro: text, points: [text, '<&">'] });
        const { width } = new Resvg(svg, { font: { loadSystemFonts: false } });
        expect(width).toBe(CARD_WIDTH);
      }),
      { numRuns: 60 },
    );
  });

  it("exists for every topic of harm, for teens and parents in both languages, and fits a phone and 300 kB", async () => {
    const render = createCardRenderer();
    for (const locale of ["vi", "en"] as const) {
      for (const voice of ["teen", "parent"] as const) {
        const cards = allCards(book, { locale, voice });
        const topics = new Set(cards.map(({ id }) => id.split("/")[0]));
        expect(INTENTS.filter((intent) => groupOf(intent) === "harm" && !topics.has(intent))).toEqual([]);
        for (const card of cards) {
          const height = Number(/height="(\d+)"/.exec(drawCard(card))?.[1]);
          expect({ card: card.id, locale, voice, isTooHigh: height > 1920 }).toMatchObject({
            isTooHigh: false,
          });
        }
      }
    }
    const [first] = allCards(book, { locale: "vi", voice: "teen" });
    const png = await render(first ?? A_CARD);
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe("PNG");
    expect(png.length).toBeLessThan(300_000);
  });

  it("says what its step says, and there is none of a step that is no card", () => {
    const link = { flow: "scam", step: "first", locale: "vi", voice: "parent" } as const;
    expect(cardContentOf(book, link)?.intro).toContain("Anh/chị");
    expect(cardContentOf(book, { ...link, step: "nowhere" })).toBeNull();
    expect(cardContentOf(book, { ...link, flow: "help_menu", step: "first" })).toBeNull();
  });
});

describe("the page to print", () => {
  it("holds every word as text, one sheet a card, and nothing that runs", () => {
    const page = printPage([{ ...A_CARD, title: "<script>alert(1)</script>" }, A_CARD], "vi");
    expect(page.match(/<section>/g)).toHaveLength(2);
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/style=|https?:/);
  });
});
