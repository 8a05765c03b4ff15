import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { checkChannels } from "../../../src/adapters/content/lint/check-channels.ts";
import { checkClaims } from "../../../src/adapters/content/lint/check-claims.ts";
import { checkReview } from "../../../src/adapters/content/lint/check-review.ts";
import { checkStyle } from "../../../src/adapters/content/lint/check-style.ts";
import { checkWords } from "../../../src/adapters/content/lint/check-words.ts";
import { lintContent } from "../../../src/adapters/content/lint/lint-content.ts";
import { textsOf } from "../../../src/adapters/content/lint/texts-of.ts";
import { readFlowBook } from "../../../src/adapters/content/load-flow-book.ts";
import { Flow } from "../../../src/domain/dialogue/flow.ts";
import { root, theFlowBook } from "../../support/flow-book.ts";
import { join } from "node:path";

const said = (vi: string, en = "Something in English.") =>
  textsOf({
    name: "flows/a.yaml",
    value: { flow: "a", facts: ["H01", "L99"], steps: { first: { say: { vi, en } } } },
    lineOf: () => 7,
  });
const messages = (problems: readonly { message: string }[]) => problems.map(({ message }) => message);

describe("the real content", () => {
  it("has nothing to mend", () => {
    const content = readFlowBook(join(root, "flows"));
    if (content.book === null) throw new Error("the content cannot be read");
    expect(lintContent({ ...content, book: content.book }, Date.UTC(2026, 10, 23))).toEqual([]);
  });

  it("is due for a review a year later", () => {
    const content = readFlowBook(join(root, "flows"));
    if (content.book === null) throw new Error("the content cannot be read");
    const late = lintContent({ ...content, book: content.book }, Date.UTC(2027, 11, 1));
    expect(late.filter(({ message }) => message.includes("was last reviewed")).length).toBeGreaterThanOrEqual(
      60,
    );
  });
});

describe("texts of a file", () => {
  it("are found wherever both languages stand, with what they are", () => {
    const value = parse(`
flow: a
title: { vi: Một, en: One }
facts: [H01]
steps:
  first:
    say: { teen: { vi: Chào, en: Hello }, parent: { vi: Dạ, en: Yes } }
    do: [{ vi: Làm, en: Do }]
    buttons: [{ go: more, vi: Thêm, en: More }]
`) as unknown;
    const found = textsOf({ name: "flows/a.yaml", value, lineOf: () => 1 });
    expect(found.map(({ at, kind }) => `${kind} ${at}`)).toEqual([
      "label title.vi",
      "label title.en",
      "said steps.first.say.teen.vi",
      "said steps.first.say.teen.en",
      "said steps.first.say.parent.vi",
      "said steps.first.say.parent.en",
      "point steps.first.do.0.vi",
      "point steps.first.do.0.en",
      "label steps.first.buttons.0.vi",
      "label steps.first.buttons.0.en",
    ]);
    expect(found.every(({ facts }) => facts.join() === "H01")).toBe(true);
  });
});

describe("claims", () => {
  const facts = new Map([
    [
      "L99",
      {
        id: "L99",
        fact: "Fine of 30,000,000 dong (Decree 15/2020, article 101); see example.gov.vn",
        source: "s",
        confidence: "high" as const,
        check: "RV-2" as const,
      },
    ],
  ]);
  const claims = (vi: string) =>
    messages(checkClaims(said(vi), { facts, numbers: new Set(["111", "0963061414"]) }));

  it.each([
    ["a phone number that is on no list", "Hãy gọi 0912 345 678 ngay."],
    ["an emergency number that is on no list", "Hãy gọi 199 ngay."],
    ["a link", "Vào trang cuu-ban.vn để báo."],
    ["a law", "Theo Nghị định 99/2021 thì bị phạt."],
    ["a figure", "Có 83 trẻ em bị như vậy."],
    ["an article of a law", "Theo Điều 326, đó là tội."],
  ])("are reported when they rest on nothing: %s", (_what, text) => {
    expect(claims(text)).toHaveLength(1);
  });

  it.each([
    "Gọi 111, hoặc 096 306 1414.",
    "Phạt 30.000.000 đồng.",
    "Vào example.gov.vn để báo.",
    "Nghỉ 15 phút, làm 3 bước.",
    "Có 5 câu hỏi, 10 phút là xong.",
  ])("may stand when they are in a fact, a helpline or advice: %s", (text) => {
    expect(claims(text)).toEqual([]);
  });

  it("rest only on facts that the file itself names", () => {
    const place = textsOf({
      name: "b",
      value: { facts: [], say: { vi: "Phạt 30.000.000 đồng.", en: "A fine." } },
      lineOf: () => 1,
    });
    expect(checkClaims(place, { facts, numbers: new Set() })).toHaveLength(1);
  });
});

describe("words that may not be said", () => {
  const never = [{ words: ["nghĩ dại", "commit suicide"], because: { vi: "…", en: "it judges" } }];

  it("are found in any case and either form of letters, with the line and the reason", () => {
    expect(checkWords(said("Bạn đừng NGHĨ DẠI nhé.".normalize("NFD")), never)).toEqual([
      { file: "flows/a.yaml", line: 7, message: '"nghĩ dại" may not be said: it judges' },
    ]);
  });

  it("are not found inside other words", () => {
    expect(checkWords(said("Suy nghĩ dạitrà", "They recommit suicideprevention"), never)).toEqual([]);
  });
});

describe("style", () => {
  const style = (vi: string, en?: string, first = true) =>
    messages(
      checkStyle(said(vi, en), { firstSteps: new Map([["flows/a.yaml", new Set(first ? ["first"] : [])]]) }),
    );
  const words = (count: number) => `${Array.from({ length: count }, () => "lời").join(" ")}.`;

  it("keeps the first answer short, and lets what was asked for be longer", () => {
    const many = `${words(15)} ${words(15)} ${words(15)} ${words(16)}`;
    expect(style(many)).toEqual(["61 words; at most 60 here"]);
    expect(style(many, undefined, false)).toEqual([]);
  });

  it("reports sentences that a child reads twice", () => {
    expect(style(words(25))).toEqual(["25 words a sentence; at most 20 on the whole"]);
  });

  it("reports markup, and braces that nothing fills in", () => {
    expect(style("Gọi *ngay* nhé.")).toHaveLength(1);
    expect(style("Chào {name}, khỏe không.")).toHaveLength(1);
    expect(style("Bạn đúng {score} câu.")).toEqual([]);
  });

  it("reports a language that is not there", () => {
    expect(style("Please call your parents as soon as you can.")).toEqual(["is not in Vietnamese"]);
    expect(style("Chào bạn.", "Hãy gọi cho bố mẹ của bạn ngay bây giờ.")).toEqual(["is not in English"]);
  });
});

describe("reviews", () => {
  it("grow old after a year, and cannot lie ahead", () => {
    const today = Date.UTC(2026, 10, 23);
    const at = (date: string) => checkReview([{ file: "a", line: 1, date }], today);
    expect(at("2025-11-24")).toEqual([]);
    expect(at("2025-11-20")).toHaveLength(1);
    expect(at("2027-01-01")).toHaveLength(1);
  });
});

describe("channels", () => {
  it("report a step that does not fit one message of Zalo", () => {
    const long = { vi: "Lời này dài. ".repeat(170), en: "This is short." };
    const flow = Flow.parse({
      flow: "long",
      title: { vi: "Dài", en: "Long" },
      reviewed: "2026-11-22",
      start: "first",
      steps: { first: { say: long, buttons: [{ flow: "help_menu", vi: "Khác", en: "Other" }] } },
    });
    const book = { ...theFlowBook(), flows: new Map([["long", flow]]) };
    const found = checkChannels(book, new Map([["long", "flows/long.yaml"]]));
    expect(found[0]?.message).toContain("fit a Zalo message");
  });
});
