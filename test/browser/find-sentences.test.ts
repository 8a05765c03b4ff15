import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  beginSearch,
  matchingSentences,
  putSentence,
  sentenceSearchAt,
} from "../../src/browser/console/find-sentences.ts";

const atEnd = (text: string) => sentenceSearchAt(text, text.length);
const sentence = (id: string, text: string) => ({
  id,
  group: "g",
  title: { vi: "Giúp bình tĩnh lại", en: "Calming down" },
  text,
});

describe("a search for a ready sentence", () => {
  it.each([
    ["/", ""],
    ["/thở", "thở"],
    ["Chào bạn. /thở chậm", "thở chậm"],
    ["Dòng một\n/an toàn", "an toàn"],
  ])("begins with a slash where a word begins: %j", (text, wanted) => {
    expect(atEnd(text)).toMatchObject({ wanted, to: text.length });
  });

  it.each(["và/hoặc", "1/2", "1 / 2", "a // b", "/dòng\nkhác", "https://a", "chào"])(
    "is not begun by what a person writes: %j",
    (text) => expect(atEnd(text)).toBeNull(),
  );

  it("reaches to the caret, not to the end of the text", () => {
    expect(sentenceSearchAt("/thở rồi", 4)).toMatchObject({ from: 0, to: 4, wanted: "thở" });
  });

  it("finds by every word, whatever the accents, in text and in the name of the group", () => {
    const all = [sentence("a", "Mình cùng thở chậm nhé."), sentence("b", "Bạn đặt chân xuống sàn.")];
    const found = (wanted: string) => matchingSentences(all, wanted).map(({ id }) => id);
    expect(found("")).toEqual(["a", "b"]);
    const answer = { ...sentence("c", "Đừng trả tiền."), group: "library" };
    expect(matchingSentences([...all, answer], "")).toEqual(all);
    expect(matchingSentences([...all, answer], "tra tien")).toEqual([answer]);
    expect(found("tho cham")).toEqual(["a"]);
    expect(found("chậm thở")).toEqual(["a"]);
    expect(found("DAT")).toEqual(["b"]);
    expect(found("calming")).toEqual(["a", "b"]);
    expect(found("thở sàn")).toEqual([]);
  });

  it("is opened by the button wherever the caret stands, and closing it again loses no word", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), (text, place) => {
        const caret = place % (text.length + 1);
        const begun = beginSearch(text, caret);
        const search = sentenceSearchAt(begun.text, begun.caret);
        expect(search?.wanted).toBe("");
        if (search === null) return;
        const closed = putSentence(begun.text, search, "").text;
        expect(closed.replace(/\s/gu, "")).toBe(text.replace(/\s/gu, ""));
      }),
    );
  });

  it("gives way to the sentence and to nothing else, with the caret behind it", () => {
    const text = "Chào bạn. /thởrồi mình nói tiếp";
    const search = sentenceSearchAt(text, 14);
    if (search === null) throw new Error("no search");
    const put = putSentence(text, search, "Hít vào nhẹ.");
    expect(put.text).toBe("Chào bạn. Hít vào nhẹ. rồi mình nói tiếp");
    expect(put.text.slice(0, put.caret)).toBe("Chào bạn. Hít vào nhẹ.");
  });
});
