import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { lintContent } from "../../src/adapters/content/lint/lint-content.ts";
import { readFlowBook } from "../../src/adapters/content/load-flow-book.ts";
import { openingAt } from "../../src/domain/helplines/opening.ts";
import { root, theFlowBook } from "../support/flow-book.ts";
import { at } from "../support/helplines.ts";

const helplines = [...theFlowBook().helplines.values()];
const states = (now: number) =>
  Object.fromEntries(helplines.map((line) => [line.id, openingAt(line, now).kind]));

describe("the helplines", () => {
  it("are not stale on the day they were checked, and are told to be a year and a day later", () => {
    const content = readFlowBook(join(root, "flows"));
    if (content.book === null) throw new Error("the content cannot be read");
    const { book } = content;
    const toldOf = (day: string) =>
      lintContent({ ...content, book }, at(`${day} 12:00`)).filter(
        ({ file }) => file === "flows/_helplines.yaml",
      );
    expect(toldOf("2026-11-22")).toEqual([]);
    expect(toldOf("2027-11-23")).toHaveLength(helplines.length);
    expect(toldOf("2027-11-23")[0]?.line).toBeGreaterThan(1);
  });

  it("say always only of the standing numbers; of all others nothing is claimed, by day or by night, at Tết or not", () => {
    const moments = ["2026-12-02 14:00", "2026-12-01 03:00", "2027-02-06 14:00", "2027-09-02 23:59"];
    for (const moment of moments) {
      const sure = Object.entries(states(at(moment)))
        .filter(([, kind]) => kind !== "uncertain")
        .map(([id, kind]) => `${id} ${kind}`);
      expect(sure).toEqual(["child", "police", "ambulance", "fire", "rescue"].map((id) => `${id} always`));
    }
  });

  it("never promise English, which no source confirms", () => {
    expect(helplines.filter(({ languages }) => languages.includes("en"))).toEqual([]);
  });

  it("say of every number that is not sure that it is not confirmed, in both languages", () => {
    const unsure = helplines.filter(({ confidence }) => confidence !== "high");
    expect(unsure.length).toBeGreaterThan(0);
    for (const { id, note } of unsure) {
      expect({ id, note: note.vi }).toEqual({ id, note: expect.stringMatching(/chưa được xác nhận lại/) });
      expect({ id, note: note.en }).toEqual({ id, note: expect.stringMatching(/not confirmed/) });
    }
  });
});
