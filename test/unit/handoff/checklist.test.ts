import { describe, expect, it } from "@jest/globals";
import { CASE_TAGS } from "../../../src/domain/handoff/case-file.ts";
import { stepsFor } from "../../../src/domain/handoff/checklist.ts";
import { RISK_CATEGORIES, RISK_LEVELS } from "../../../src/domain/taxonomy/risk.ts";
import { theFlowBook } from "../../support/flow-book.ts";
import { aRisk } from "../../support/builders.ts";

const { checklist } = theFlowBook();
const idsFor = (...[level, category]: Parameters<typeof aRisk>) =>
  stepsFor(checklist, { risk: { ...aRisk(level), category: category ?? "none" }, audience: "teen" }).map(
    ({ id }) => id,
  );

describe("the checklist beside a case", () => {
  it("asks openly about suicide and names the number to call now where a life is in danger, and not elsewhere", () => {
    expect(idsFor("emergency", "suicide_self_harm")).toEqual(
      expect.arrayContaining(["asked_openly", "emergency_number", "number_given", "limits_told"]),
    );
    expect(idsFor("concern", "fraud")).not.toContain("asked_openly");
    expect(idsFor("urgent", "fraud")).not.toContain("emergency_number");
  });

  it("fits the listener, and shows both where nobody said who they are", () => {
    const shown = (audience: "teen" | "parent" | "unknown") =>
      stepsFor(checklist, { risk: aRisk("concern"), audience }).map(({ id }) => id);
    expect(shown("parent")).toContain("child_first");
    expect(shown("teen")).not.toContain("child_first");
    expect(shown("unknown")).toEqual(expect.arrayContaining(["child_first", "screen_seen"]));
  });

  it("stays short enough to be read at two in the morning, and has something for every danger", () => {
    const general = new Set(idsFor("emergency", "none"));
    for (const category of RISK_CATEGORIES.filter((each) => each !== "none")) {
      const shown = idsFor("emergency", category);
      expect(shown.length).toBeLessThanOrEqual(14);
      expect(shown.some((id) => !general.has(id))).toBe(true);
    }
    for (const level of RISK_LEVELS) expect(idsFor(level).length).toBeGreaterThan(0);
  });

  it("has room for a tick of each step", () => {
    expect(checklist.length).toBeLessThanOrEqual(60);
    expect(CASE_TAGS.length).toBeGreaterThan(8);
  });
});
