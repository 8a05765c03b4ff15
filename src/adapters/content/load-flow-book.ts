import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../app/errors.ts";
import { Flow } from "../../domain/dialogue/flow.ts";
import { Fact, type FlowBook, Labels, Notices, SafetyTable, Tip } from "../../domain/dialogue/flow-book.ts";
import { compileLesson } from "../../domain/dialogue/compile-lesson.ts";
import { Lesson } from "../../domain/dialogue/lesson.ts";
import { ChecklistFile } from "../../domain/handoff/checklist.ts";
import { Helpline } from "../../domain/helplines/helpline.ts";
import { SnippetFile } from "../../domain/snippets/snippet.ts";
import { INTENTS } from "../../domain/taxonomy/intent.ts";
import { type Never, NeverFile } from "./lint/check-words.ts";
import type { ContentFile } from "./lint/texts-of.ts";
import { checkFlow, type FlowFile, phoneNumbersIn } from "./check-flow.ts";
import { checkChecklist } from "./check-checklist.ts";
import { checkHelplines } from "./check-helplines.ts";
import { checkSnippets } from "./check-snippets.ts";
import { type ContentProblem, readYaml } from "./read-yaml.ts";

const HelplineFile = z.strictObject({ helplines: z.array(Helpline).min(1) });
const SystemFile = z.strictObject({ notices: Notices, labels: Labels });
const SafetyFile = z.strictObject({ safety: SafetyTable });

const TipsFile = z.strictObject({ tips: z.array(Tip).min(7) });
const FactsFile = z.strictObject({ facts: z.array(Fact).min(1) });

const SYSTEM_FILES = {
  facts: "_facts.yaml",
  helplines: "_helplines.yaml",
  system: "_system.yaml",
  safety: "_safety.yaml",
  tips: "_tips.yaml",
  never: "_never.yaml",
  snippets: "_snippets.yaml",
  checklist: "_checklist.yaml",
} as const;

/** Reads and checks all of `flows/`. Throws one `CONTENT_INVALID` that lists every mistake with file and line. */
export function loadFlowBook(directory: string, settings: ContentSettings = ORDINARY): FlowBook {
  const { book, problems } = readFlowBook(directory, settings);
  if (book === null) throw new AppError("CONTENT_INVALID", { detail: `\n${formatProblems(problems)}` });
  return book;
}

export function formatProblems(problems: readonly ContentProblem[]): string {
  return problems.map(({ file, line, message }) => `  ${file}:${line}: ${message}`).join("\n");
}

/** What texts say that the operator sets. */
export interface ContentSettings {
  readonly retentionDays: number;
}

const ORDINARY: ContentSettings = { retentionDays: 30 };

export interface ReadContent {
  readonly book: FlowBook | null;
  readonly problems: ContentProblem[];
  /** Every file that could be read, for checks of its texts. */
  readonly files: readonly ContentFile[];
  readonly never: Never;
}

export function readFlowBook(directory: string, settings: ContentSettings = ORDINARY): ReadContent {
  if (!existsSync(directory)) {
    const message = `there is no folder ${directory}`;
    return { book: null, problems: [{ file: "flows", line: 0, message }], files: [], never: [] };
  }
  const contentFiles: ContentFile[] = [];
  const names = ["", "guides", "lessons"].flatMap((folder) => yamlFilesIn(directory, folder)).sort();
  const problems: ContentProblem[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>): ReturnType<typeof readYaml<T>> | null => {
    const shownAs = `flows/${name}`;
    if (!names.includes(name)) {
      problems.push({ file: shownAs, line: 0, message: "this file is missing" });
      return null;
    }
    const file = readYaml(join(directory, name), shownAs, schema);
    problems.push(...file.problems);
    if (file.value !== null) contentFiles.push({ name: shownAs, value: file.value, lineOf: file.lineOf });
    return file;
  };

  const factsFile = read(SYSTEM_FILES.facts, FactsFile);
  const helplineFile = read(SYSTEM_FILES.helplines, HelplineFile);
  const system = read(SYSTEM_FILES.system, SystemFile);
  const safety = read(SYSTEM_FILES.safety, SafetyFile);
  const files: FlowFile[] = [];
  const tips = read(SYSTEM_FILES.tips, TipsFile);
  const snippets = read(SYSTEM_FILES.snippets, SnippetFile);
  const checklist = read(SYSTEM_FILES.checklist, ChecklistFile);
  const never = read(SYSTEM_FILES.never, NeverFile)?.value?.never ?? [];
  for (const name of names.filter((each) => !each.startsWith("_") && !each.startsWith("lessons/"))) {
    const file = read(name, Flow);
    if (file?.value) files.push({ name: `flows/${name}`, flow: file.value, lineOf: file.lineOf });
  }
  const labels = system?.value?.labels;
  for (const name of names.filter((each) => each.startsWith("lessons/"))) {
    const file = read(name, Lesson);
    if (!file?.value || labels === undefined) continue;
    const flow = compileLesson(file.value, labels);
    if (name !== `lessons/${file.value.lesson}.yaml`) {
      const message = `the file is named ${name} but the lesson is "${file.value.lesson}"`;
      problems.push({ file: `flows/${name}`, line: file.lineOf(["lesson"]), message });
    }
    files.push({ name: `flows/${name}`, flow, lineOf: file.lineOf, isOwnFile: false });
  }

  const helplines = new Map((helplineFile?.value?.helplines ?? []).map((each) => [each.id, each]));
  const facts = new Map((factsFile?.value?.facts ?? []).map((fact) => [fact.id, fact]));
  const flows = new Map(files.map(({ flow }) => [flow.flow, flow]));
  for (const intent of INTENTS) {
    if (!names.includes(`${intent}.yaml`)) {
      problems.push({ file: `flows/${intent}.yaml`, line: 0, message: `the intent "${intent}" has no flow` });
    }
  }
  for (const file of files) problems.push(...checkFlow(file, { flows, helplines, facts }));
  if (helplineFile?.value && factsFile?.value) {
    const { lineOf } = helplineFile;
    const file = {
      name: `flows/${SYSTEM_FILES.helplines}`,
      helplines: helplineFile.value.helplines,
      lineOf,
    };
    problems.push(...checkHelplines(file, factsFile.value.facts));
  }
  if (snippets?.value) {
    const { value, lineOf } = snippets;
    problems.push(...checkSnippets({ name: `flows/${SYSTEM_FILES.snippets}`, value, lineOf }, facts));
  }
  if (checklist?.value) {
    const { value, lineOf } = checklist;
    problems.push(...checkChecklist({ name: `flows/${SYSTEM_FILES.checklist}`, value, lineOf }, facts));
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
  const isWhole = problems.length === 0 && system?.value && safety?.value && tips?.value;
  if (!isWhole || !snippets?.value || !checklist?.value)
    return { book: null, problems, files: contentFiles, never };
  return {
    book: {
      revision: revisionOf(directory, names),
      flows,
      helplines,
      facts,
      safety: safety.value.safety,
      notices: system.value.notices,
      labels: system.value.labels,
      tips: tips.value.tips,
      snippets: snippets.value.snippets,
      checklist: checklist.value.checklist,
      ...settings,
    },
    problems,
    files: contentFiles,
    never,
  };
}

function yamlFilesIn(directory: string, folder: string): string[] {
  const path = join(directory, folder);
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((name) => name.endsWith(".yaml"));
  return folder === "" ? names : names.map((name) => `${folder}/${name}`);
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
