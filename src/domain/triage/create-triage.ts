import { RISK_CATEGORIES, type RiskCategory, riskRank } from "../taxonomy/risk.ts";
import type { Understanding } from "../understanding/understanding.ts";
import { addUp } from "./add-up.ts";
import { NO_RISK, type RiskAssessment, type Signal } from "./assessment.ts";
import { categoryOfIntent } from "./category-of-intent.ts";
import { weighModel } from "./policy.ts";
import { Reading } from "./reading.ts";
import type { RuleBook } from "./rule-book.ts";
import type { Triage, TriageInput } from "./triage.ts";

const MAX_SIGNALS = 20;
const SURE_OF_INTENT = 0.6;

/** Rules first, then what the model adds, then what adds up with what the conversation holds. */
export function createTriage(book: RuleBook): Triage {
  return {
    assess(input: TriageInput): RiskAssessment {
      const { utterance, evidence, understanding, held } = input;
      if (utterance.words.length === 0) return NO_RISK;
      const reading = new Reading(book, utterance);
      const signals = reading.hits().map(({ rule }) => rule.signal);
      if (evidence !== null) {
        const supported = supportedCategories(signals, understanding);
        const signal = weighModel(evidence, { isCalm: reading.isCalm(), supported });
        if (signal !== null) signals.push(signal);
      }
      signals.push(...addUp(book, signals, held.signals));
      return conclude(signals, evidence?.categories ?? null);
    },
  };
}

function supportedCategories(signals: readonly Signal[], understanding: Understanding): Set<RiskCategory> {
  const categories = new Set(signals.map((signal) => signal.category));
  const spokenOf = understanding.kind === "understood" && understanding.confidence >= SURE_OF_INTENT ? categoryOfIntent(understanding.intent) : null;
  if (spokenOf !== null) categories.add(spokenOf);
  return categories;
}

/** The highest level wins; its category is the one that most signals of that level speak of. */
export function conclude(signals: readonly Signal[], leaning: Readonly<Record<RiskCategory, number>> | null): RiskAssessment {
  if (signals.length === 0) return NO_RISK;
  const falling = [...signals].sort((a, b) => riskRank(b.level) - riskRank(a.level)).slice(0, MAX_SIGNALS);
  const level = falling[0]?.level ?? "none";
  if (level === "none") return { level, category: "none", signals: falling };
  const weights = new Map<RiskCategory, number>();
  for (const signal of falling) {
    // A weaker signal breaks a tie and no more.
    const weight = signal.level === level ? 1 : 0.1;
    weights.set(signal.category, (weights.get(signal.category) ?? 0) + weight);
  }
  const top = new Set(falling.filter((signal) => signal.level === level).map((signal) => signal.category));
  const category = RISK_CATEGORIES.filter((each) => top.has(each))
    .map((each) => ({ each, weight: (weights.get(each) ?? 0) + (leaning?.[each] ?? 0) * 0.5 }))
    .reduce((best, next) => (next.weight > best.weight ? next : best));
  return { level, category: category.each, signals: falling };
}
