import type { ChecklistFile } from "../../domain/handoff/checklist.ts";
import { phoneNumbersIn } from "./check-flow.ts";
import type { ContentProblem } from "./read-yaml.ts";

interface ReadChecklist {
  readonly name: string;
  readonly value: ChecklistFile;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** What the schema of the checklist cannot see; its words are read by the lint like all others. */
export function checkChecklist(
  { name, value, lineOf }: ReadChecklist,
  facts: ReadonlyMap<string, unknown>,
): ContentProblem[] {
  const problems: ContentProblem[] = [];
  const report = (path: readonly PropertyKey[], message: string) =>
    void problems.push({ file: name, line: lineOf(path), message });
  for (const id of value.facts)
    if (!facts.has(id)) report(["facts"], `there is no fact "${id}" in flows/_facts.yaml that may be used`);
  for (const found of phoneNumbersIn(value.checklist))
    report([], `"${found}" looks like a phone number: name a helpline in words and its short number`);
  const seen = new Set<string>();
  for (const [index, { id, about }] of value.checklist.entries()) {
    const path = ["checklist", index];
    if (seen.has(id)) report(path, `there are two steps "${id}"`);
    seen.add(id);
    if (about?.includes("none")) report(path, `${id}: leave "about" out for cases of every kind`);
  }
  return problems;
}
