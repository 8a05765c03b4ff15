import { RISK_CATEGORIES, type RiskCategory, type RiskLevel } from "../taxonomy/risk.ts";
import type { Bilingual } from "../taxonomy/speaker.ts";
import type { RiskEvidence, Signal } from "./assessment.ts";

/** How sure the risk model must be that a message is at a level or above, from 0 to 1. */
interface Bars {
  /** With nothing else to go by. */
  readonly alone: number;
  /** When a rule found a sign of the same kind, or the intent understood speaks of it. */
  readonly supported: number;
  /** When an idiom or a frame (film, game, homework, question …) explains the dangerous words. */
  readonly calm: number;
}

/**
 * The one table that says when the model's word is enough. Rules are never lowered by it.
 * Tuned on `intents/dev` and the hard negatives (`npm run triage`); a bar moves only with the figures before and after.
 */
export const MODEL_BARS: Readonly<Record<Exclude<RiskLevel, "none">, Bars>> = {
  concern: { alone: 0.5, supported: 0.35, calm: 0.85 },
  urgent: { alone: 0.6, supported: 0.4, calm: 0.92 },
  emergency: { alone: 0.85, supported: 0.5, calm: 0.97 },
};

export interface Circumstances {
  readonly isCalm: boolean;
  /** Categories that rules or the intent speak of. */
  readonly supported: ReadonlySet<RiskCategory>;
}

const FALLING = ["emergency", "urgent", "concern"] as const;

/** What the model adds: the highest level whose bar it clears, or null. */
export function weighModel(evidence: RiskEvidence, circumstances: Circumstances): Signal | null {
  const category = likeliest(evidence);
  const { isCalm, supported } = circumstances;
  let sum = 0;
  for (const level of FALLING) {
    sum += sane(evidence.levels[level]);
    const bars = MODEL_BARS[level];
    const bar = isCalm ? bars.calm : supported.has(category) ? bars.supported : bars.alone;
    if (sum >= bar) return { id: `model.${level}`, level, category, reason: REASONS[level] };
  }
  return null;
}

function likeliest({ categories }: RiskEvidence): RiskCategory {
  let best: RiskCategory = "mental_distress";
  for (const category of RISK_CATEGORIES) {
    if (category !== "none" && sane(categories[category]) > sane(categories[best])) best = category;
  }
  return best;
}

/** A model of the wrong shape or a broken figure weighs nothing, and says nothing against the rules. */
function sane(probability: number | undefined): number {
  return probability !== undefined && probability >= 0 && probability <= 1 ? probability : 0;
}

const REASONS: Readonly<Record<Exclude<RiskLevel, "none">, Bilingual>> = {
  concern: { vi: "Lời nhắn giống những lời cho thấy có chuyện đáng lo.", en: "The message resembles messages of real worry or harm." },
  urgent: { vi: "Lời nhắn giống những lời kể về tổn hại nghiêm trọng.", en: "The message resembles messages that tell of serious harm." },
  emergency: { vi: "Lời nhắn giống những lời cho thấy nguy hiểm ngay lúc này.", en: "The message resembles messages of danger right now." },
};
