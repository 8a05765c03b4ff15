import { describe, expect, it } from "@jest/globals";
import { snippetsFor } from "../../../src/domain/snippets/snippets-for.ts";
import { AUDIENCES, LOCALES } from "../../../src/domain/taxonomy/speaker.ts";
import { theFlowBook } from "../../support/flow-book.ts";

const { snippets } = theFlowBook();
const textsFor = (locale: "vi" | "en", audience: "teen" | "parent" | "unknown") =>
  snippetsFor(snippets, { locale, audience }).map(({ text }) => text);

describe("sentences offered for one person", () => {
  it("call a parent by a parent's words only", () => {
    const texts = textsFor("vi", "parent");
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => /(?<!\p{L})bạn(?!\p{L})/iu.test(text))).toEqual([]);
  });

  it("call a teen by a teen's words only, and leave out what is for parents", () => {
    const texts = textsFor("vi", "teen");
    expect(texts.length).toBeGreaterThan(30);
    expect(texts.filter((text) => /anh\/chị/iu.test(text))).toEqual([]);
  });

  it("leave nothing out for somebody who has not said who they are", () => {
    const all = snippets.flatMap(({ sentences }) => sentences);
    expect(textsFor("vi", "unknown")).toHaveLength(all.length);
    expect(textsFor("vi", "unknown")).toContain(
      "Anh/chị lo là phải. Lúc này con cần nhất là anh/chị bình tĩnh và ở bên.",
    );
  });

  it("are in the person's language, each with the name of its group in both", () => {
    for (const locale of LOCALES)
      for (const audience of AUDIENCES)
        for (const each of snippetsFor(snippets, { locale, audience })) {
          expect(each.text).not.toBe("");
          expect(each.title.vi).not.toBe(each.title.en);
        }
    expect(textsFor("en", "teen").filter((text) => /[ăâđêôơư]/iu.test(text))).toEqual([]);
  });
});
