import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../app/errors.ts";
import { createTriage } from "../../domain/triage/create-triage.ts";
import { RuleFile } from "../../domain/triage/rule.ts";
import { compileRules, type NamedRuleFile, type RuleBook } from "../../domain/triage/rule-book.ts";
import type { Triage } from "../../domain/triage/triage.ts";
import { type ContentProblem, readYaml } from "./read-yaml.ts";

export function loadTriage(intentsDir: string): Triage {
  return createTriage(loadRuleBook(intentsDir));
}

/** Reads and checks `intents/rules/`. Throws one `CONTENT_INVALID` that lists every mistake with file and line. */
export function loadRuleBook(intentsDir: string): RuleBook {
  const { book, problems } = readRules(intentsDir);
  if (book === null) {
    const lines = problems.map(({ file, line, message }) => `  ${file}:${line}: ${message}`);
    throw new AppError("CONTENT_INVALID", { detail: `\n${lines.join("\n")}` });
  }
  return book;
}

export interface ReadRules {
  /** Null when there is any problem: half the rules would be a quiet hole. */
  readonly book: RuleBook | null;
  readonly files: readonly NamedRuleFile[];
  readonly problems: readonly ContentProblem[];
}

export function readRules(intentsDir: string): ReadRules {
  const directory = join(intentsDir, "rules");
  const names = existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith(".yaml"))
        .sort()
    : [];
  if (names.length === 0) {
    return {
      book: null,
      files: [],
      problems: [{ file: "intents/rules", line: 0, message: "there are no rule files" }],
    };
  }
  const problems: ContentProblem[] = [];
  const files: NamedRuleFile[] = [];
  const lineOf = new Map<string, (path: readonly PropertyKey[]) => number>();
  for (const name of names) {
    const shownAs = `intents/rules/${name}`;
    const read = readYaml(join(directory, name), shownAs, RuleFile);
    problems.push(...read.problems);
    lineOf.set(shownAs, read.lineOf);
    if (read.value !== null) files.push({ name: shownAs, file: read.value });
  }
  if (problems.length > 0) return { book: null, files, problems };
  const { book, mistakes } = compileRules(files);
  for (const { name, path, message } of mistakes)
    problems.push({ file: name, line: lineOf.get(name)?.(path) ?? 0, message });
  return { book, files, problems };
}
