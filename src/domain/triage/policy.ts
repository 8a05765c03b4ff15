import { groupOf } from "../taxonomy/intent.ts";
import { RISK_CATEGORIES, type RiskCategory, type RiskLevel } from "../taxonomy/risk.ts";
import type { Bilingual } from "../taxonomy/speaker.ts";
import type { Understanding } from "../understanding/understanding.ts";
import type { RiskEvidence, Signal } from "./assessment.ts";

/** What the message was understood to be about: the model is believed sooner where danger is the subject. */
export type Subject = "danger" | "learning" | "talk" | "unclear" | "outside";

type Graded = Exclude<RiskLevel, "none">;
type Bars = Readonly<Record<Graded, number>>;

/**
 * The one table that says how sure the risk model must be (0 to 1) that a message is at a level or above.
 * `calm`: an idiom or a frame (film, game, homework, question …) explains the dangerous words.
 * Tuned on `intents/dev` and on lines held out from training (`npm run triage`); a bar moves only with the figures.
 */
export const MODEL_BARS: Readonly<Record<Subject, { readonly usual: Bars; readonly calm: Bars }>> = {
  danger: { usual: { concern: 0.5, urgent: 0.3, emergency: 0.4 }, calm: { concern: 0.8, urgent: 0.7, emergency: 0.8 } },
  unclear: { usual: { concern: 0.7, urgent: 0.5, emergency: 0.5 }, calm: { concern: 0.9, urgent: 0.9, emergency: 0.9 } },
  outside: { usual: { concern: 0.9, urgent: 0.8, emergency: 0.7 }, calm: { concern: 0.97, urgent: 0.96, emergency: 0.95 } },
  learning: { usual: { concern: 0.8, urgent: 0.7, emergency: 0.7 }, calm: { concern: 0.95, urgent: 0.95, emergency: 0.95 } },
  talk: { usual: { concern: 0.8, urgent: 0.7, emergency: 0.7 }, calm: { concern: 0.95, urgent: 0.95, emergency: 0.95 } },
};

/** With a rule's sign of the same kind beside it, a bar counts only this much. */
export const SUPPORTED = 0.6;

/**
 * A rule of concern or urgency stands unless the model all but excludes it. A rule of emergency (plan, means,
 * place, now) stands whatever the model says.
 */
export const RULE_FLOORS: Bars = { concern: 0.25, urgent: 0.12, emergency: 0 };

export function subjectOf(understanding: Understanding): Subject {
  if (understanding.kind === "unclear") return understanding.reason === "out-of-scope" ? "outside" : "unclear";
  switch (groupOf(understanding.intent)) {
    case "harm":
    case "wellbeing":
      return "danger";
    case "learn":
      return "learning";
    case "service":
    case "talk":
      return understanding.intent === "out_of_scope" ? "outside" : "talk";
  }
}

export interface Circumstances {
  readonly subject: Subject;
  readonly isCalm: boolean;
  /** Categories that rules found signs of. */
  readonly supported: ReadonlySet<RiskCategory>;
}

const FALLING = ["emergency", "urgent", "concern"] as const;

/** What the model adds: the highest level whose bar it clears, or null. */
export function weighModel(evidence: RiskEvidence, { subject, isCalm, supported }: Circumstances): Signal | null {
  const category = likeliest(evidence);
  const bars = MODEL_BARS[subject][isCalm ? "calm" : "usual"];
  const share = supported.has(category) ? SUPPORTED : 1;
  const level = FALLING.find((each) => atLeast(evidence, each) >= bars[each] * share);
  return level === undefined ? null : { id: `model.${level}`, level, category, reason: REASONS[level] };
}

/** What is left of a rule's level once the model was heard; `none` when the model all but excludes any danger. */
export function settleRule(signal: Signal, evidence: RiskEvidence | null): Signal | null {
  if (evidence === null || signal.level === "none" || signal.level === "emergency") return signal;
  const from = FALLING.indexOf(signal.level);
  const level = FALLING.slice(from).find((each) => atLeast(evidence, each) >= RULE_FLOORS[each]);
  return level === undefined ? null : { ...signal, level };
}

function atLeast({ levels }: RiskEvidence, level: Graded): number {
  const upTo = FALLING.slice(0, FALLING.indexOf(level) + 1);
  return upTo.reduce((sum, each) => sum + sane(levels[each]), 0);
}

export function likeliest({ categories }: RiskEvidence): RiskCategory {
  let best: RiskCategory = "mental_distress";
  for (const category of RISK_CATEGORIES) {
    if (category !== "none" && sane(categories[category]) > sane(categories[best])) best = category;
  }
  return best;
}

/** A broken figure weighs nothing. */
function sane(probability: number | undefined): number {
  return probability !== undefined && probability >= 0 && probability <= 1 ? probability : 0;
}

const REASONS: Readonly<Record<Graded, Bilingual>> = {
  concern: { vi: "Lời nhắn giống những lời cho thấy có chuyện đáng lo.", en: "The message resembles messages of real worry or harm." },
  urgent: { vi: "Lời nhắn giống những lời kể về tổn hại nghiêm trọng.", en: "The message resembles messages that tell of serious harm." },
  emergency: { vi: "Lời nhắn giống những lời cho thấy nguy hiểm ngay lúc này.", en: "The message resembles messages of danger right now." },
};
