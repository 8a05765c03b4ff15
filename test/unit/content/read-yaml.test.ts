import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { readYaml } from "../../../src/adapters/content/read-yaml.ts";
import { checkFlow } from "../../../src/adapters/content/check-flow.ts";
import { Flow } from "../../../src/domain/dialogue/flow.ts";

const directory = mkdtempSync(join(tmpdir(), "ke-ben-content-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function problemsOf(yaml: string) {
  const file = join(directory, "scam.yaml");
  writeFileSync(file, yaml);
  const read = readYaml(file, "flows/scam.yaml", Flow);
  if (read.value === null) return read.problems;
  const known = {
    flows: new Map([["scam", read.value]]),
    helplines: new Map(),
    facts: new Map<string, unknown>(),
  };
  return checkFlow({ name: "flows/scam.yaml", flow: read.value, lineOf: read.lineOf }, known);
}

const GOOD = `flow: scam
title: { vi: "Lừa đảo", en: "Scams" }
reviewed: 2026-11-22
start: first
steps:
  first:
    say: { vi: "Dừng lại.", en: "Stop." }
    buttons:
      - { act: request-counsellor, vi: "Gặp người", en: "A person" }
`;

describe("a flow file", () => {
  it("that is right has no problem", () => {
    expect(problemsOf(GOOD)).toEqual([]);
  });

  it.each([
    {
      mistake: "YAML that does not parse",
      from: 'vi: "Dừng lại."',
      to: 'vi: "Dừng lại.',
      line: 7,
      says: /./,
    },
    { mistake: "a missing English text", from: ', en: "Stop."', to: "", line: 7, says: /en/ },
    {
      mistake: "an unknown key",
      from: "start: first",
      to: "start: first\nmood: happy",
      line: 1,
      says: /mood/,
    },
    {
      mistake: "a start that does not exist",
      from: "start: first",
      to: "start: begin",
      line: 4,
      says: /begin/,
    },
    { mistake: "a date that is none", from: "2026-11-22", to: "2026-13-45", line: 3, says: /date/i },
    {
      mistake: "an unknown helpline",
      from: "    buttons:",
      to: "    helplines: [moon]\n    buttons:",
      line: 8,
      says: /moon/,
    },
    {
      mistake: "no way to a person",
      from: "act: request-counsellor",
      to: "go: first",
      line: 7,
      says: /person/,
    },
    {
      mistake: "a button to nowhere",
      from: "act: request-counsellor",
      to: "go: nowhere",
      line: 7,
      says: /nowhere/,
    },
    {
      mistake: "a phone number in a text",
      from: "Dừng lại.",
      to: "Gọi 0912 345 678.",
      line: 1,
      says: /helpline/,
    },
    {
      mistake: "a name that is not the file's",
      from: "flow: scam",
      to: "flow: scams",
      line: 1,
      says: /scams/,
    },
    {
      mistake: "a step that nothing leads to",
      from: "steps:",
      to: 'steps:\n  lost:\n    say: { vi: "a", en: "b" }\n    buttons: [{ flow: help_menu, vi: "c", en: "d" }]',
      line: 7,
      says: /lost/,
    },
  ])("with $mistake is told with its line", ({ from, to, line, says }) => {
    const problems = problemsOf(GOOD.replace(from, to));
    const found = problems.filter((problem) => says.test(problem.message));
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatchObject({ file: "flows/scam.yaml", line });
  });
});
