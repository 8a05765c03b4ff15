import { describe, expect, it } from "@jest/globals";
import { createSignQuotes } from "../../../src/domain/triage/quote-signs.ts";
import { theRules } from "./support.ts";

describe("why a message was flagged", () => {
  const quote = createSignQuotes(theRules());

  it("gives each sign with the words it rests on, short forms written out", () => {
    const [sign] = quote("e mún tự tử");
    expect(sign).toMatchObject({ level: "urgent", words: [expect.stringContaining("tự tử")] });
    expect(sign?.reason.vi).not.toBe("");
    expect(sign?.reason.en).not.toBe("");
  });

  it("shows words once that several patterns of a rule rest on", () => {
    expect(quote("em đang đứng trên lan can")[0]?.words).toEqual(["em đang đứng trên lan can"]);
  });

  it("is silent on an ordinary message and on no text at all", () => {
    expect(quote("mai lớp em đi dã ngoại")).toEqual([]);
    expect(quote("")).toEqual([]);
  });

  it("says no more than a counsellor can take in", () => {
    const everything = "em muốn tự tử, em rạch tay, ba đánh em, nó dọa tung ảnh nóng, em bị nhốt, em bị hiếp";
    expect(quote(everything).length).toBeLessThanOrEqual(4);
  });
});
