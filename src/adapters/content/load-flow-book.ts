import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../app/errors.ts";
import { isoDateAt } from "../../domain/calendar/local-day.ts";
import { Flow } from "../../domain/dialogue/flow.ts";
import { Fact, type FlowBook, Labels, Notices, SafetyTable } from "../../domain/dialogue/flow-book.ts";
import { Helpline } from "../../domain/helplines/helpline.ts";
import { INTENTS } from "../../domain/taxonomy/intent.ts";
import { checkFlow, type FlowFile, phoneNumbersIn } from "./check-flow.ts";
import { checkHelplineDates, checkHelplines } from "./check-helplines.ts";
import { type ContentProblem, readYaml } from "./read-yaml.ts";

const HelplineFile = z.strictObject({ helplines: z.array(Helpline).min(1) });
const SystemFile = z.strictObject({ notices: Notices, labels: Labels });
const SafetyFile = z.strictObject({ safety: SafetyTable });

const FactsFile = z.strictObject({ facts: z.array(Fact).min(1) });

const SYSTEM_FILES = {
  facts: "_facts.yaml",
  helplines: "_helplines.yaml",
  system: "_system.yaml",
  safety: "_safety.yaml",
} as const;

/** Reads and checks all of `flows/`. Throws one `CONTENT_INVALID` that lists every mistake with file and line. */
export function loadFlowBook(directory: string): FlowBook {
  const { book, problems } = readFlowBook(directory);
  if (book === null) throw new AppError("CONTENT_INVALID", { detail: `\n${formatProblems(problems)}` });
  return book;
}

export function formatProblems(problems: readonly ContentProblem[]): string {
  return problems.map(({ file, line, message }) => `  ${file}:${line}: ${message}`).join("\n");
}

interface FlowBookReading {
  /** Null when there is a problem. */
  readonly book: FlowBook | null;
  readonly problems: readonly ContentProblem[];
  /** What has grown stale by `today`: an editor should mend it, a server can live with it. */
  readonly warnings: readonly ContentProblem[];
}

/** `today` as "2026-11-22"; the date in Vietnam by this machine's clock if none is given. */
export function readFlowBook(directory: string, today = isoDateAt(Date.now())): FlowBookReading {
  if (!existsSync(directory)) {
    const problem = { file: "flows", line: 0, message: `there is no folder ${directory}` };
    return { book: null, problems: [problem], warnings: [] };
  }
  const names = readdirSync(directory)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  const problems: ContentProblem[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>): ReturnType<typeof readYaml<T>> | null => {
    const shownAs = `flows/${name}`;
    if (!names.includes(name)) {
      problems.push({ file: shownAs, line: 0, message: "this file is missing" });
      return null;
    }
    const file = readYaml(join(directory, name), shownAs, schema);
    problems.push(...file.problems);
    return file;
  };

  const factsFile = read(SYSTEM_FILES.facts, FactsFile);
  const helplineFile = read(SYSTEM_FILES.helplines, HelplineFile);
  const system = read(SYSTEM_FILES.system, SystemFile);
  const safety = read(SYSTEM_FILES.safety, SafetyFile);
  const files: FlowFile[] = [];
  for (const name of names.filter((each) => !each.startsWith("_"))) {
    const file = read(name, Flow);
    if (file?.value) files.push({ name: `flows/${name}`, flow: file.value, lineOf: file.lineOf });
  }

  const helplines = new Map((helplineFile?.value?.helplines ?? []).map((each) => [each.id, each]));
  const facts = new Set((factsFile?.value?.facts ?? []).map((fact) => fact.id));
  const flows = new Map(files.map(({ flow }) => [flow.flow, flow]));
  for (const intent of INTENTS) {
    if (!names.includes(`${intent}.yaml`)) {
      problems.push({ file: `flows/${intent}.yaml`, line: 0, message: `the intent "${intent}" has no flow` });
    }
  }
  for (const file of files) problems.push(...checkFlow(file, { flows, helplines, facts }));
  const warnings: ContentProblem[] = [];
  if (helplineFile?.value && factsFile?.value) {
    const { lineOf } = helplineFile;
    const file = {
      name: `flows/${SYSTEM_FILES.helplines}`,
      helplines: helplineFile.value.helplines,
      lineOf,
    };
    problems.push(...checkHelplines(file, factsFile.value.facts));
    warnings.push(...checkHelplineDates(file, today));
  }
  if (safety?.value) {
    for (const [category, row] of Object.entries(safety.value.safety)) {
      const line = safety.lineOf(["safety", category]);
      const file = `flows/${SYSTEM_FILES.safety}`;
      if (!flows.has(row.urgentFlow))
        problems.push({ file, line, message: `${category}: no flow "${row.urgentFlow}"` });
      for (const id of row.emergency.helplines) {
        if (!helplines.has(id)) problems.push({ file, line, message: `${category}: no helpline "${id}"` });
      }
    }
  }
  for (const [name, file] of [
    [SYSTEM_FILES.system, system],
    [SYSTEM_FILES.safety, safety],
  ] as const) {
    for (const found of phoneNumbersIn(file?.value)) {
      problems.push({
        file: `flows/${name}`,
        line: 0,
        message: `"${found}" looks like a phone number: name a helpline instead`,
      });
    }
  }
  if (problems.length > 0 || !system?.value || !safety?.value) return { book: null, problems, warnings };
  const { notices, labels } = system.value;
  return {
    book: {
      revision: revisionOf(directory, names),
      flows,
      helplines,
      safety: safety.value.safety,
      notices,
      labels,
    },
    problems,
    warnings,
  };
}

function revisionOf(directory: string, names: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of names)
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(join(directory, name)))
      .update("\0");
  return hash.digest("hex").slice(0, 16);
}
