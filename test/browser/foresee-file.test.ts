import { describe, expect, it } from "@jest/globals";
import { foreseeFile } from "../../src/browser/console/foresee-file.ts";
import type { CaseFileView } from "../../src/wire/case-file.ts";

const file: CaseFileView = {
  notes: [],
  tags: ["school"],
  suggested: [],
  steps: [
    { id: "safe_now", vi: "Đã hỏi", en: "Asked", done: null },
    { id: "way_back", vi: "Đã chỉ", en: "Showed", done: { at: 7, byName: "Lan" } },
  ],
  plan: { signs: "", alone: "", places: "", people: "", helplines: "", safer: "" },
  marks: [3],
  firstWroteAt: 1,
};
const by = { caseId: "c1", byName: "Minh" };

describe("a case file while something is on its way to the server", () => {
  it("shows what was ticked, tagged and marked over an answer that is older", () => {
    const seen = foreseeFile(file, "c1", [
      { ...by, step: { kind: "tick", step: "safe_now", isDone: true } },
      { ...by, step: { kind: "tick", step: "way_back", isDone: false } },
      { ...by, step: { kind: "tag", tag: "fraud", isOn: true } },
      { ...by, step: { kind: "tag", tag: "school", isOn: false } },
      { ...by, step: { kind: "mark", seq: 3, isMarked: false } },
      { ...by, step: { kind: "mark", seq: 5, isMarked: true } },
    ]);
    expect(seen.steps.map(({ done }) => done?.byName ?? null)).toEqual(["Minh", null]);
    expect(seen.tags).toEqual(["fraud"]);
    expect(seen.marks).toEqual([5]);
  });

  it("takes the last word where one thing was done twice, and leaves who did it first", () => {
    const tick = (isDone: boolean) => ({ ...by, step: { kind: "tick" as const, step: "way_back", isDone } });
    expect(foreseeFile(file, "c1", [tick(true)]).steps[1]?.done).toEqual({ at: 7, byName: "Lan" });
    expect(foreseeFile(file, "c1", [tick(true), tick(false)]).steps[1]?.done).toBeNull();
  });

  it("is as the server says for every other case, and for words", () => {
    const note = { ...by, step: { kind: "note" as const, text: "x" } };
    const other = { ...by, caseId: "c2", step: { kind: "mark" as const, seq: 5, isMarked: true } };
    expect(foreseeFile(file, "c1", [note, other])).toEqual(file);
  });
});
