import { join } from "node:path";
import { readRules } from "../../../src/adapters/content/load-triage.ts";
import type { RiskLevel } from "../../../src/domain/taxonomy/risk.ts";
import { normalise } from "../../../src/domain/text/normalise.ts";
import { NO_RISK, type RiskAssessment, type RiskEvidence } from "../../../src/domain/triage/assessment.ts";
import { createTriage } from "../../../src/domain/triage/create-triage.ts";
import { Reading } from "../../../src/domain/triage/reading.ts";
import { RuleFile } from "../../../src/domain/triage/rule.ts";
import { compileRules, type RuleBook } from "../../../src/domain/triage/rule-book.ts";
import type { Understanding } from "../../../src/domain/understanding/understanding.ts";

export const INTENTS_DIR = join(import.meta.dirname, "..", "..", "..", "intents");

/** A book of the rules in the repository. */
export function theRules(): RuleBook {
  const { book, problems } = readRules(INTENTS_DIR);
  if (book === null)
    throw new Error(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join("\n"));
  return book;
}

/** A book of one rule, `test.rule`, urgent, made of the given patterns. */
export function aBook(any: readonly string[], rest: Readonly<Record<string, unknown>> = {}): RuleBook {
  const { unless, not, ...file } = rest;
  const rule = {
    id: "test.rule",
    level: "urgent",
    category: "violence",
    reason: { vi: "có", en: "yes" },
    any,
    ...(not === undefined ? {} : { not }),
    ...(unless === undefined ? {} : { unless }),
    examples: { hits: ["x"], misses: ["y"] },
  };
  const { book, mistakes } = compileRules([
    { name: "test.yaml", file: RuleFile.parse({ rules: [rule], ...file }) },
  ]);
  if (book === null) throw new Error(mistakes.map(({ message }) => message).join("\n"));
  return book;
}

export function holds(book: RuleBook, text: string): boolean {
  return new Reading(book, normalise(text)).hits().length > 0;
}

export const UNCLEAR: Understanding = {
  kind: "unclear",
  reason: "nlu-down",
  intent: "out_of_scope",
  confidence: 0,
  alternatives: [],
  locale: "vi",
  audience: "unknown",
};

export interface Heard {
  readonly evidence?: RiskEvidence | null;
  readonly understanding?: Understanding;
  readonly held?: RiskAssessment;
}

export function assess(
  book: RuleBook,
  text: string,
  { evidence = null, understanding = UNCLEAR, held = NO_RISK }: Heard = {},
): RiskAssessment {
  return createTriage(book).assess({ utterance: normalise(text), understanding, evidence, held });
}

export function evidenceOf(levels: Partial<Record<RiskLevel, number>>): RiskEvidence {
  const { concern = 0, urgent = 0, emergency = 0 } = levels;
  const none = levels.none ?? 1 - concern - urgent - emergency;
  const rest = {
    suicide_self_harm: 0,
    sexual_exploitation: 0,
    sexual_abuse: 0,
    abduction_coercion: 0,
    bullying_harassment: 0,
    fraud: 0,
    mental_distress: 0,
  };
  return { levels: { none, concern, urgent, emergency }, categories: { ...rest, none, violence: 1 - none } };
}
