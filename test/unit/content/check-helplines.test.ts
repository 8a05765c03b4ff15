import { describe, expect, it } from "@jest/globals";
import { checkHelplineDates, checkHelplines } from "../../../src/adapters/content/check-helplines.ts";
import { RETIRED_NUMBERS } from "../../../src/adapters/content/retired-numbers.ts";
import type { Fact } from "../../../src/domain/dialogue/flow-book.ts";
import { CHILD_LINE, EMERGENCY_LINES } from "../../../src/domain/helplines/danger-now.ts";
import type { Helpline } from "../../../src/domain/helplines/helpline.ts";
import { aHelpline, weekly } from "../../support/helplines.ts";

const NUMBERS = new Map([
  [CHILD_LINE, "111"],
  ["police", "113"],
  ["ambulance", "115"],
  ["fire", "114"],
  ["rescue", "112"],
]);
const standing = [CHILD_LINE, ...EMERGENCY_LINES].map((id) =>
  aHelpline({ id, number: NUMBERS.get(id) ?? "", hours: "always", facts: ["H13"], verify: "RV-2" }),
);

function aFact(over: Partial<Fact> = {}): Fact {
  return {
    id: "H50",
    fact: "A line, 1900 96 96 80: free.",
    source: "a page",
    confidence: "high",
    check: "RV-1",
    ...over,
  };
}
const emergencyFact = aFact({
  id: "H13",
  fact: "111 children; 113 police; 114 fire, 115 ambulance. Joined with 112/113.",
  check: "RV-2",
});

const line = (over: Partial<Helpline> = {}) =>
  aHelpline({ number: "1900 96 96 80", facts: ["H50"], verify: "RV-1", ...over });

const fileOf = (helplines: readonly Helpline[]) => ({
  name: "flows/_helplines.yaml",
  helplines,
  lineOf: (path: readonly PropertyKey[]) => 100 + Number(path[1]),
});

function problemsOf(helpline: Helpline, fact: Partial<Fact> = {}) {
  return checkHelplines(fileOf([...standing, helpline]), [emergencyFact, aFact(fact)]);
}

describe("the directory", () => {
  it("that is right has no problem", () => {
    expect(problemsOf(line())).toEqual([]);
  });

  it.each<[string, [Helpline, Partial<Fact>?], RegExp]>([
    ["a fact that does not exist", [line({ facts: ["H50", "H99"] })], /no fact "H99"/],
    ["a number that its facts do not hold", [line({ number: "1900 96 96 81" })], /none of its facts/],
    ["a number that is only a piece of one", [line({ number: "96 96" })], /none of its facts/],
    ["a number that is only an end of one", [line({ number: "96 80" })], /none of its facts/],
    [
      "digits that stand in the text by chance",
      [line({ number: "111" }), { fact: "in 2111 or 1 112" }],
      /none of its/,
    ],
    [
      "another line's number",
      [line({ number: "113", facts: ["H13"], verify: "RV-2" })],
      /police has the number/,
    ],
    [
      "another line's number with other blanks",
      [line({ number: "11 3", facts: ["H13"], verify: "RV-2" })],
      /police/,
    ],
    [
      "another number in its words",
      [line({ note: { vi: "hoặc 0912 345 678", en: "or another" } })],
      /looks like a phone number/,
    ],
    ["another line's id", [line({ id: "police" })], /another row has this id/],
    ["a number surer than its fact", [line(), { confidence: "medium" }], /no fact with its number is/],
    [
      "hours surer than its fact",
      [line({ confidence: "medium" }), { confidence: "medium" }],
      /hoursConfidence/,
    ],
    ["a check less urgent than its facts'", [line({ verify: "RV-3" })], /verify is RV-3, its facts say RV-1/],
  ])("with %s is refused, with its line", (_mistake, [helpline, fact], says) => {
    const problems = problemsOf(helpline, fact);
    expect(problems.map(({ message }) => message).join("\n")).toMatch(says);
    expect(problems[0]).toMatchObject({ file: "flows/_helplines.yaml", line: 105 });
  });

  it("finds a number however the fact spaces it", () => {
    for (const fact of ["call 1900969680", "call 1900.96.96.80.", "1900-96-96-80/111", "(1900 969 680)"])
      expect(problemsOf(line(), { fact })).toEqual([]);
  });

  it("refuses every number that is old, closed or unproved, even one that a fact names in warning", () => {
    expect(RETIRED_NUMBERS.size).toBeGreaterThan(0);
    for (const number of RETIRED_NUMBERS) {
      const problems = problemsOf(line({ number }), { fact: `Do not give ${number}.` });
      expect(problems.map(({ message }) => message).join()).toMatch(/must never be shown/);
    }
  });

  it("lets a person who called stand above what the pages said", () => {
    expect(problemsOf(line({ verify: null }), { confidence: "medium" })).toEqual([]);
    expect(problemsOf(line({ verify: null, number: "1900 96 96 81" }))).not.toEqual([]);
  });

  it.each([CHILD_LINE, ...EMERGENCY_LINES])("without %s is refused", (id) => {
    const without = standing.filter((each) => each.id !== id);
    expect(checkHelplines(fileOf(without), [emergencyFact])).toEqual([
      { file: "flows/_helplines.yaml", line: 0, message: `there is no helpline "${id}"` },
    ]);
  });

  it.each<[string, Partial<Helpline>]>([
    ["hours", { hours: weekly(["mon"], "08:00", "17:00") }],
    ["doubtful hours", { hoursConfidence: "medium" }],
    ["an age", { minAge: 6 }],
    ["a province", { provinces: ["an-giang"] }],
    ["parents only", { for: { audiences: ["parent"], whom: { vi: "bố mẹ", en: "parents" } } }],
  ])("in which 111 has %s is refused", (_what, over) => {
    const [child, ...rest] = standing;
    const changed = { ...child, ...over } as Helpline;
    const messages = checkHelplines(fileOf([changed, ...rest]), [emergencyFact]).map(
      ({ message }) => message,
    );
    expect(messages).toEqual(["child must be for anyone, anywhere, always, with high confidence"]);
  });
});

describe("the dates of the directory", () => {
  const staleOf = (over: Partial<Helpline>, today: string) =>
    checkHelplineDates(fileOf([line(over)]), today).map(({ message }) => message);

  it("are fine for a year after the check, and not a day longer", () => {
    expect(staleOf({ hours: "always" }, "2027-11-22")).toEqual([]);
    expect(staleOf({ hours: "always" }, "2027-11-23")).toEqual([
      "test_line: last checked on 2026-11-22, more than a year ago",
    ]);
  });

  it("that are yet to come are a slip of the pen", () => {
    expect(staleOf({ hours: "always", checked: "2027-11-22" }, "2026-11-22")[0]).toMatch(/yet to come/);
  });

  it("of hours must reach sixty days ahead", () => {
    const until = (validUntil: string) => ({ hours: { ...weekly(["mon"], "08:00", "17:00"), validUntil } });
    expect(staleOf(until("2027-01-30"), "2026-12-01")).toEqual([]);
    expect(staleOf(until("2027-01-29"), "2026-12-01")[0]).toMatch(/run out within 60 days/);
    expect(staleOf({}, "2027-09-20")).toEqual([]);
    expect(staleOf({}, "2027-10-01")[0]).toMatch(/run out within 60 days/);
    // Hours that nobody is told cannot mislead anybody.
    expect(staleOf({ ...until("2027-01-29"), hoursConfidence: "medium" }, "2026-12-01")).toEqual([]);
  });

  it("must lie in years whose holidays can be computed", () => {
    expect(staleOf({ checked: "2050-11-01" }, "2050-11-20")[0]).toMatch(/holidays .* cannot be computed/);
    expect(staleOf({ checked: "2050-09-01" }, "2050-10-01")).toEqual([]);
    expect(staleOf({ checked: "2050-11-01", hours: "always" }, "2050-11-20")).toEqual([]);
  });
});
