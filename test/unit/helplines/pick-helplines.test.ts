import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { EMERGENCY_LINES } from "../../../src/domain/helplines/danger-now.ts";
import { HELPLINE_CATEGORIES } from "../../../src/domain/helplines/helpline.ts";
import {
  type HelplineNeed,
  type PickedHelpline,
  pickHelplines,
} from "../../../src/domain/helplines/pick-helplines.ts";
import { theFlowBook } from "../../support/flow-book.ts";
import { aHelpline, anyDirectory, anyNeed, at } from "../../support/helplines.ts";

const { helplines } = theFlowBook();
const NIGHT = at("2026-12-02 03:00");
const CERTAINTY = { always: 0, open: 0, uncertain: 1, closed: 2 } as const;
const EMERGENCY = new Set<string>(EMERGENCY_LINES);

function aNeed(over: Partial<HelplineNeed> = {}): HelplineNeed {
  return { category: "violence", level: "concern", audience: "teen", now: NIGHT, limit: 4, ...over };
}
const ids = (picked: readonly PickedHelpline[]) => picked.map(({ helpline }) => helpline.id);
const pick = (over: Partial<HelplineNeed>) => ids(pickHelplines(helplines, aNeed(over)));
const directoryWith = (...lines: Parameters<typeof aHelpline>[0][]) =>
  new Map([...helplines, ...lines.map((line) => aHelpline(line)).map((line) => [line.id, line] as const)]);

describe("danger now", () => {
  it.each([
    ["suicide_self_harm", ["ambulance", "police", "child"]],
    ["mental_distress", ["ambulance", "child"]],
    ["violence", ["police", "ambulance", "child"]],
    ["sexual_abuse", ["police", "ambulance", "child"]],
    ["sexual_exploitation", ["police", "child"]],
    ["abduction_coercion", ["police", "child"]],
    ["bullying_harassment", ["police", "child"]],
    ["fraud", ["police", "child"]],
    ["none", ["police", "ambulance", "child"]],
  ] as const)("of %s begins with the number to call now: %j", (category, expected) => {
    expect(pick({ category, level: "emergency" })).toEqual(expected);
  });

  it("of fire or water needs no level", () => {
    expect(pick({ category: "fire", level: "none" })).toEqual(["fire", "child"]);
    expect(pick({ category: "disaster", level: "concern" })).toEqual(["rescue", "child"]);
  });

  it("shows no line that keeps office hours, even while it is open", () => {
    const directory = directoryWith({ id: "office" });
    const open = at("2026-12-01 14:00");
    expect(ids(pickHelplines(directory, aNeed({ now: open })))).toContain("office");
    expect(ids(pickHelplines(directory, aNeed({ now: open, level: "emergency" })))).not.toContain("office");
  });
});

describe("below danger now", () => {
  it("111 comes first; the emergency number follows when it is urgent", () => {
    expect(pick({ level: "urgent", limit: 2 })).toEqual(["child", "police"]);
    expect(pick({ category: "suicide_self_harm", level: "urgent" })).toEqual([
      "child",
      "ambulance",
      "ngay_mai",
    ]);
    expect(pick({ category: "mental_distress" })).toEqual(["child", "ngay_mai"]);
    expect(pick({ category: "none", level: "none" })).toEqual(["child"]);
  });

  it("an open line stands before an uncertain one, and a closed one is last and marked", () => {
    const directory = directoryWith(
      { id: "resting", hours: aHelpline().hours },
      { id: "answering", hours: "always" },
    );
    const picked = pickHelplines(directory, aNeed({ limit: 9 }));
    expect(picked.map(({ helpline, opening }) => [helpline.id, opening.kind])).toEqual([
      ["child", "always"],
      ["answering", "always"],
      ["peace_house", "uncertain"],
      ["farmers_union", "uncertain"],
      ["resting", "closed"],
    ]);
  });
});

describe("who and where", () => {
  it("a local line is shown only to people there, before the national ones of its kind", () => {
    expect(pick({ limit: 9 })).not.toContain("hcmc_child");
    expect(pick({ limit: 9, province: "ho-chi-minh" })).toEqual([
      "child",
      "csaga",
      "hcmc_child",
      "peace_house",
      "farmers_union",
    ]);
    expect(pick({ limit: 9, province: "an-giang" })).not.toContain("hcmc_child");
  });

  it("a line for parents is not shown to a teen, and is shown to someone not known", () => {
    const directory = directoryWith({
      id: "for_parents",
      for: { audiences: ["parent"], whom: { vi: "bố mẹ", en: "parents" } },
    });
    const shownTo = (audience: HelplineNeed["audience"]) =>
      ids(pickHelplines(directory, aNeed({ audience, limit: 9 }))).includes("for_parents");
    expect([shownTo("teen"), shownTo("parent"), shownTo("unknown")]).toEqual([false, true, true]);
  });

  it("nobody is sent to a line that would turn them away for their age", () => {
    const directory = directoryWith({ id: "adults", minAge: 18 }, { id: "children", maxAge: 15 });
    const shown = (over: Partial<HelplineNeed>) =>
      ids(pickHelplines(directory, aNeed({ limit: 9, ...over }))).filter((id) => /adults|children/.test(id));
    expect(shown({ age: 15 })).toEqual(["children"]);
    expect(shown({ age: 16 })).toEqual([]);
    expect(shown({ age: 18 })).toEqual(["adults"]);
    expect(shown({ audience: "teen" })).toEqual(["children"]);
    expect(shown({ audience: "unknown" })).toEqual(["adults", "children"]);
  });
});

describe.each([
  ["the real directory", fc.constant(helplines)],
  ["any directory that the loader accepts", anyDirectory],
])("for any need at any moment, %s", (_name, directory) => {
  const holds = (law: (picked: PickedHelpline[], need: HelplineNeed) => void) =>
    fc.assert(
      fc.property(directory, anyNeed, (lines, need) => law(pickHelplines(lines, need), need)),
      { numRuns: 300 },
    );

  it("shows 111, and it answers", () => {
    holds((picked) => {
      const child = picked.find(({ helpline }) => helpline.id === "child");
      expect(child?.opening).toEqual({ kind: "always" });
    });
  });

  it("puts no line before one that is surer to answer", () => {
    holds((picked) => {
      const ranks = picked.map(({ opening }) => CERTAINTY[opening.kind]);
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      expect(ranks[0]).toBe(0);
    });
  });

  it("begins with an emergency number in danger now, and shows nothing there that might not answer", () => {
    holds((picked, need) => {
      if (need.level !== "emergency" && need.category !== "fire" && need.category !== "disaster") return;
      expect(EMERGENCY.has(picked[0]?.helpline.id ?? "")).toBe(true);
      expect(picked.map(({ opening }) => opening.kind)).toEqual(picked.map(() => "always"));
    });
  });

  it("shows no line twice and no more than asked for, beyond what must be there", () => {
    holds((picked, need) => {
      expect(new Set(ids(picked)).size).toBe(picked.length);
      expect(picked.length).toBeLessThanOrEqual(Math.max(2, need.limit));
    });
  });

  it("with a smaller limit shows a part of the same list in the same order", () => {
    fc.assert(
      fc.property(directory, anyNeed, fc.nat({ max: 8 }), (lines, need, fewer) => {
        const whole = ids(pickHelplines(lines, { ...need, limit: 99 }));
        const part = new Set(ids(pickHelplines(lines, { ...need, limit: fewer })));
        expect(whole.filter((id) => part.has(id))).toEqual([...part]);
      }),
    );
  });

  it("beyond the standing lines, shows only those for this category, place and age", () => {
    holds((picked, need) => {
      for (const { helpline } of picked) {
        if (helpline.id === "child" || EMERGENCY.has(helpline.id)) continue;
        expect(helpline.categories.filter((each) => each === need.category)).toHaveLength(1);
        if (helpline.provinces !== undefined) expect(helpline.provinces).toContain(need.province);
        if (need.age === undefined) continue;
        expect(helpline.minAge ?? 0).toBeLessThanOrEqual(need.age);
        expect(helpline.maxAge ?? 120).toBeGreaterThanOrEqual(need.age);
      }
    });
  });
});

describe("the real directory", () => {
  it("never claims Ngày Mai to be open: its hours are years old", () => {
    fc.assert(
      fc.property(anyNeed, (need) => {
        const picked = pickHelplines(helplines, { ...need, category: "mental_distress", limit: 99 });
        const line = picked.find(({ helpline }) => helpline.id === "ngay_mai");
        if (line !== undefined) expect(line.opening).toEqual({ kind: "uncertain" });
      }),
    );
  });

  it("has a line that answers by night for every category", () => {
    for (const category of HELPLINE_CATEGORIES)
      expect(pickHelplines(helplines, aNeed({ category }))[0]?.opening).toEqual({ kind: "always" });
  });
});
