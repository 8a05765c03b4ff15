import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { readRules } from "../../adapters/content/load-triage.ts";
import { riskRank, type RiskLevel } from "../../domain/taxonomy/risk.ts";
import { normalise } from "../../domain/text/normalise.ts";
import { highest } from "../../domain/triage/policy.ts";
import { Reading } from "../../domain/triage/reading.ts";
import type { RuleBook } from "../../domain/triage/rule-book.ts";

/** A line of the corpus and the level its writer gave it. */
export interface Labelled {
  readonly text: string;
  readonly level: RiskLevel;
}

export interface Change extends Labelled {
  readonly before: RiskLevel;
  readonly after: RiskLevel;
  /** Rules that hold now and did not before. */
  readonly by: readonly string[];
}

export interface Changes {
  readonly newlyCaught: readonly Change[];
  readonly newlyFalse: readonly Change[];
  readonly noLongerCaught: readonly Change[];
  readonly noLongerFalse: readonly Change[];
}

/** What rules alone say of every line, before and after. */
export function compareRules(before: RuleBook, after: RuleBook, lines: readonly Labelled[]): Changes {
  const changed = lines.flatMap((line): Change[] => {
    const utterance = normalise(line.text);
    const was = new Reading(before, utterance).hits().map(({ rule }) => rule.signal);
    const is = new Reading(after, utterance).hits().map(({ rule }) => rule.signal);
    const known = new Set(was.map((signal) => signal.id));
    const change = {
      ...line,
      before: highest(was),
      after: highest(is),
      by: is.map(({ id }) => id).filter((id) => !known.has(id)),
    };
    return change.before === change.after ? [] : [change];
  });
  const rose = changed.filter((change) => riskRank(change.after) > riskRank(change.before));
  const fell = changed.filter((change) => riskRank(change.after) < riskRank(change.before));
  // Above the writer's level is false as well as flagging what is harmless.
  const isTooHigh = ({ level }: Change, seen: RiskLevel) => riskRank(seen) > riskRank(level);
  return {
    newlyCaught: rose.filter((change) => !isTooHigh(change, change.after)),
    newlyFalse: rose.filter((change) => isTooHigh(change, change.after)),
    noLongerCaught: fell.filter((change) => !isTooHigh(change, change.before)),
    noLongerFalse: fell.filter((change) => isTooHigh(change, change.before)),
  };
}

/** A copy of `intents/rules` in which one file was replaced or added; removed again after `use`. */
export function withRuleFile<T>(intentsDir: string, file: string, use: (intentsDir: string) => T): T {
  return inTemporary((copy) => {
    cpSync(join(intentsDir, "rules"), join(copy, "rules"), { recursive: true });
    cpSync(file, join(copy, "rules", basename(file)));
    return use(copy);
  });
}

/** The rules as they were at the last commit, for those who edit in place. */
export function withCommittedRules<T>(intentsDir: string, use: (intentsDir: string) => T): T {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: intentsDir, encoding: "utf8", maxBuffer: 1 << 26 });
  return inTemporary((copy) => {
    for (const name of git("ls-tree", "--name-only", "HEAD", "rules/")
      .split("\n")
      .filter((each) => each.endsWith(".yaml"))) {
      mkdirSync(dirname(join(copy, name)), { recursive: true });
      writeFileSync(join(copy, name), git("show", `HEAD:./${name}`));
    }
    return use(copy);
  });
}

function inTemporary<T>(use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "ke-ben-rules-"));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The rules of a folder, or null with every mistake told. */
export function bookOf(intentsDir: string, tell: (line: string) => void): RuleBook | null {
  const { book, problems } = readRules(intentsDir);
  for (const { file, line, message } of problems) tell(`${file}:${line}: ${message}`);
  return book;
}
