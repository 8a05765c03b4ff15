import { describe, expect, it } from "@jest/globals";
import { parsePattern, PatternMistake } from "../../../src/domain/triage/pattern.ts";
import { aBook, holds } from "./support.ts";

describe("the pattern language", () => {
  it.each([
    { pattern: "muốn chết", hit: "em muốn chết", miss: "em muốn ăn" },
    { pattern: "muốn chết", hit: "em muon chet", miss: "muốn mà chết" },
    { pattern: "(bố|ba) đánh", hit: "ba đánh em", miss: "mẹ đánh vần" },
    { pattern: "muốn [thật] (chết)", hit: "muốn thật chết", miss: "muốn đừng thấy chết" },
    {
      pattern: "bố .. đánh",
      hit: "bố hôm qua lại đánh em",
      miss: "bố đi chợ mua rau về nấu rồi mới ngồi đánh máy",
    },
    { pattern: "bố ..1 đánh", hit: "bố hay đánh", miss: "bố hôm qua đánh" },
    { pattern: "bố & dao ~6", hit: "con dao bố cầm", miss: "con dao này mẹ mua ở chợ hôm trước cho bố" },
    { pattern: "ảnh && chuyển tiền", hit: "chuyển tiền đi không thì ảnh mày lên mạng", miss: "ảnh đẹp" },
    { pattern: "^ cứu", hit: "cứu với", miss: "em cứu con mèo" },
    { pattern: "nhảy $", hit: "em sắp nhảy", miss: "em nhảy dây" },
    { pattern: "tự! tử", hit: "em nghĩ tới tự tử", miss: "cứ tu tu thôi" },
    { pattern: "# tuổi", hit: "anh 30 tuổi", miss: "anh mấy tuổi" },
  ])("$pattern matches '$hit' and not '$miss'", ({ pattern, hit, miss }) => {
    const book = aBook([pattern]);
    expect(holds(book, hit)).toBe(true);
    expect(holds(book, miss)).toBe(false);
  });

  it("takes a word with some marks missing for the marked word, and never one with other marks", () => {
    const book = aBook(["muốn chết"]);
    expect(holds(book, "em muôn chêt")).toBe(true);
    expect(holds(book, "em muộn chết")).toBe(false);
  });

  it("takes hỏi for ngã, as the South and Centre write", () => {
    expect(holds(aBook(["dữ tợn"]), "ổng dử tợn")).toBe(true);
  });

  it("lets a word mean itself in a message typed with marks", () => {
    const book = aBook(["gửi ảnh"]);
    expect(holds(book, "gui anh di")).toBe(true);
    expect(holds(book, "em gửi anh lời cảm ơn nhé")).toBe(false);
  });

  it("counts fillers as nothing and a new sentence as two words", () => {
    const book = aBook(["em ..1 khóc"], { words: { filler: "rất | là | cứ" } });
    expect(holds(book, "em cứ rất là khóc")).toBe(true);
    expect(holds(book, "Em đi. Khóc to.")).toBe(false);
  });

  it.each(["", "a ..", "(a|b", "a & b", "a ~4", "a ..99 b", "[a]", "@nobody b", "a | b"])(
    "refuses '%s'",
    (text) => {
      expect(() => aBook([text === "" ? " " : text])).toThrow();
    },
  );

  it("says what is wrong in words", () => {
    expect(() => parsePattern("(bố|mẹ")).toThrow(PatternMistake);
    expect(() => parsePattern("a & b")).toThrow("needs a distance");
  });
});

describe("frames, idioms and exceptions", () => {
  const frames = {
    denied: { about: "denied", where: { before: 0 }, any: ["không"] },
    film: { about: "film", where: "message", any: ["phim"], except: ["em cũng"] },
    told: { about: "told", where: { after: 2 }, any: ["trong truyện"] },
    asked: { about: "asked", where: "sentence", any: ["là gì"] },
  };
  const book = aBook(["muốn chết"], {
    frames,
    unless: ["denied", "film", "told", "asked"],
    not: ["mèo"],
    idioms: [{ about: "hungry", any: ["đói muốn chết"], unless: ["nói thật"] }],
  });

  it.each([
    { text: "em muốn chết", seen: true },
    { text: "em không muốn chết", seen: false },
    { text: "phim này ai cũng muốn chết", seen: false },
    { text: "phim này em cũng muốn chết", seen: true },
    { text: "anh ta muốn chết ở trong truyện", seen: false },
    { text: "muốn chết là gì. Kể nghe", seen: false },
    { text: "Cái này là gì. Em muốn chết", seen: true },
    { text: "đói muốn chết", seen: false },
    { text: "đói muốn chết, nói thật là em muốn chết", seen: true },
    { text: "con mèo muốn chết", seen: false },
    { text: "em không đói, em muốn chết", seen: true },
    { text: "em không muốn chết nhưng ba muốn em chết, em muốn chết", seen: true },
  ])("'$text': seen = $seen", ({ text, seen }) => {
    expect(holds(book, text)).toBe(seen);
  });

  it("does not let a rule deny itself with its own 'not'", () => {
    const own = aBook(["không muốn sống"], { frames, unless: ["denied"] });
    expect(holds(own, "em không muốn sống")).toBe(true);
  });
});
