import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { loadTriage, readRules } from "../../../src/adapters/content/load-triage.ts";
import { INTENTS_DIR } from "./support.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "triage-"));
  mkdirSync(join(dir, "rules"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const write = (lines: readonly string[]) => writeFileSync(join(dir, "rules", "a.yaml"), lines.join("\n"));

const RULE = [
  "rules:",
  "  - id: test.rule",
  "    level: urgent",
  "    category: violence",
  "    reason: { vi: có, en: yes }",
  '    any: ["bố đánh"]',
  '    examples: { hits: ["bố đánh"], misses: ["mẹ"] }',
];

describe("loading the rules", () => {
  it("loads those of the repository", () => {
    cpSync(join(INTENTS_DIR, "rules"), join(dir, "rules"), { recursive: true });
    expect(readRules(dir).problems).toEqual([]);
    expect(() => loadTriage(dir)).not.toThrow();
  });

  it("refuses to start without any", () => {
    expect(() => loadTriage(dir)).toThrow("there are no rule files");
  });

  it.each([
    {
      name: "a pattern that does not close",
      at: 5,
      line: '    any: ["(bố|mẹ"]',
      says: 'intents/rules/a.yaml:6: ")" is missing',
    },
    {
      name: "a list that does not exist",
      at: 5,
      line: '    any: ["@nobody đánh"]',
      says: "intents/rules/a.yaml:6: there is no word list @nobody",
    },
    {
      name: "a level that does not exist",
      at: 2,
      line: "    level: grave",
      says: "intents/rules/a.yaml:3: rules.0.level",
    },
    {
      name: "a frame that does not exist",
      at: 5,
      line: '    any: ["bố đánh"]\n    unless: [film]',
      says: 'there is no frame "film"',
    },
    { name: "no example", at: 6, line: "    tags: []", says: "examples" },
  ])("tells $name with its file and line", ({ at, line, says }) => {
    write(RULE.map((each, i) => (i === at ? line : each)));
    expect(() => loadTriage(dir)).toThrow(says);
  });

  it("refuses two rules of one id", () => {
    write([...RULE, ...RULE.slice(1)]);
    expect(() => loadTriage(dir)).toThrow('there are two rules "test.rule"');
  });
});
