import { groupOf } from "../taxonomy/intent.ts";
import { RISK_CATEGORIES, RISK_LEVELS, type RiskCategory, type RiskLevel } from "../taxonomy/risk.ts";
import type { Bilingual } from "../taxonomy/speaker.ts";
import type { Understanding } from "../understanding/understanding.ts";
import type { RiskEvidence, Signal } from "./assessment.ts";

/** What the message was understood to be about. */
export type Subject = "danger" | "learning" | "talk" | "unclear" | "outside";

type Graded = Exclude<RiskLevel, "none">;
type Points = Readonly<Record<Graded, number>>;

/**
 * The one table that joins what is known of a message. Each line adds its points to three sums: is there any
 * risk, is it urgent, is it an emergency; a sum of zero or more says yes. Without risk the other two say nothing.
 *
 * The points were fitted on `intents/dev` and on lines held out from training, then rounded; `base` sets how
 * careful the whole is. Change one only with the figures of `npm run triage` before and after.
 */
export const SCORECARD = {
  base: { concern: -0.7, urgent: 1.1, emergency: -0.06 },
  /** Times the model's log-odds (0 at even chances) that there is any risk, urgency or more, an emergency. */
  modelConcern: { concern: 0.28, urgent: 0.05, emergency: 0.24 },
  modelUrgent: { concern: 0.04, urgent: 0.71, emergency: 0.26 },
  modelEmergency: { concern: 0.14, urgent: 0.17, emergency: 1.01 },
  /** Times the model's log-odds that some category of risk fits. */
  modelCategory: { concern: 0.44, urgent: 0.28, emergency: -0.09 },
  danger: { concern: 0.63, urgent: 0.4, emergency: 0.31 },
  /** Times the confidence in an intent of danger. */
  dangerSurely: { concern: 0.85, urgent: -0.51, emergency: -0.87 },
  unclear: { concern: 0.4, urgent: 0.29, emergency: 0.25 },
  outside: { concern: -0.53, urgent: -0.48, emergency: -0.29 },
  learning: { concern: -0.29, urgent: -0.23, emergency: -0.16 },
  talk: { concern: -0.32, urgent: -0.04, emergency: -0.11 },
  /** An idiom or a frame (film, game, homework, question …) explains the dangerous words. */
  calm: { concern: -1.12, urgent: -1.09, emergency: -0.72 },
  /** Such a frame stood in the messages just before: they tell of a film, a game, a lesson, and go on telling. */
  calmBefore: { concern: -1.1, urgent: -1.1, emergency: -0.7 },
  calmDanger: { concern: -0.48, urgent: 0.12, emergency: 0.17 },
  /** The highest rule that holds; a rule of urgency counts as one of concern too. */
  ruleConcern: { concern: 0.93, urgent: 0.03, emergency: 0 },
  ruleUrgent: { concern: 0.36, urgent: 1.09, emergency: -0.3 },
  ruleEmergency: { concern: 0.17, urgent: 0.43, emergency: 1.14 },
} as const satisfies Readonly<Record<string, Points>>;

/** A rule may fall this short of zero in the sums and still stands at its level: it names what it saw. */
export const RULE_LEEWAY = 0.5;
/** Messages read together are longer and look worse than each is: the model must be this much surer of them. */
export const TOGETHER_CAUTION = 1;

export function subjectOf(understanding: Understanding): Subject {
  if (understanding.kind === "unclear")
    return understanding.reason === "out-of-scope" ? "outside" : "unclear";
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
  readonly understanding: Understanding;
  readonly isCalm: boolean;
  /** The frame stands not in this message but in those just before it. */
  readonly isCalmBefore: boolean;
  /** The highest level among the rules that hold. */
  readonly rule: RiskLevel;
}

export type Sums = Readonly<Record<Graded, number>>;

export function sumUp(
  evidence: RiskEvidence,
  { understanding, isCalm, isCalmBefore, rule }: Circumstances,
): Sums {
  const { levels, categories } = evidence;
  const subject = subjectOf(understanding);
  const lines: [keyof typeof SCORECARD, number][] = [
    ["base", 1],
    ["modelConcern", logOdds(1 - sane(levels.none))],
    ["modelUrgent", logOdds(sane(levels.urgent) + sane(levels.emergency))],
    ["modelEmergency", logOdds(sane(levels.emergency))],
    ["modelCategory", logOdds(1 - sane(categories.none))],
    [subject, 1],
  ];
  if (subject === "danger") lines.push(["dangerSurely", sane(understanding.confidence)]);
  if (isCalm) lines.push(["calm", 1]);
  if (isCalmBefore) lines.push(["calmBefore", 1]);
  if (isCalm && subject === "danger") lines.push(["calmDanger", 1]);
  if (rule !== "none") lines.push(["ruleConcern", 1]);
  if (rule === "urgent" || rule === "emergency") lines.push(["ruleUrgent", 1]);
  if (rule === "emergency") lines.push(["ruleEmergency", 1]);
  const total = (level: Graded) =>
    lines.reduce((sum, [line, times]) => sum + SCORECARD[line][level] * times, 0);
  return { concern: total("concern"), urgent: total("urgent"), emergency: total("emergency") };
}

/** The same sums for a text of which the model must be surer. */
export function lessSure({ concern, urgent, emergency }: Sums, caution: number): Sums {
  return { concern: concern - caution, urgent: urgent - caution, emergency: emergency - caution };
}

export function levelOf(sums: Sums): RiskLevel {
  if (sums.concern < 0) return "none";
  if (sums.emergency >= 0) return "emergency";
  return sums.urgent >= 0 ? "urgent" : "concern";
}

/**
 * What is left of a rule's word once everything was summed. Emergency (plan, means, place, now) stands whatever
 * the model says, and signs that count only together are kept for later.
 */
export function settleRule(signal: Signal, sums: Sums): Signal {
  if (signal.level === "none" || signal.level === "emergency") return signal;
  if (sums.concern < -RULE_LEEWAY) return { ...signal, level: "none" };
  return signal.level === "urgent" && sums.urgent < -RULE_LEEWAY ? { ...signal, level: "concern" } : signal;
}

export function modelSignal(level: RiskLevel, evidence: RiskEvidence): Signal | null {
  return level === "none"
    ? null
    : { id: `model.${level}`, level, category: likeliest(evidence), reason: REASONS[level] };
}

function likeliest({ categories }: RiskEvidence): RiskCategory {
  return RISK_CATEGORIES.filter((each) => each !== "none").reduce((best, each) =>
    sane(categories[each]) > sane(categories[best]) ? each : best,
  );
}

export function highest(signals: readonly Signal[]): RiskLevel {
  return RISK_LEVELS.findLast((level) => signals.some((signal) => signal.level === level)) ?? "none";
}

function logOdds(probability: number): number {
  const p = Math.min(1, Math.max(0, probability));
  return Math.log((p + 0.001) / (1 - p + 0.001));
}

/** A broken figure weighs nothing. */
function sane(probability: number | undefined): number {
  return probability !== undefined && probability >= 0 && probability <= 1 ? probability : 0;
}

const REASONS: Readonly<Record<Graded, Bilingual>> = {
  concern: {
    vi: "Lời nhắn giống những lời cho thấy có chuyện đáng lo.",
    en: "The message resembles messages of real worry or harm.",
  },
  urgent: {
    vi: "Lời nhắn giống những lời kể về tổn hại nghiêm trọng.",
    en: "The message resembles messages that tell of serious harm.",
  },
  emergency: {
    vi: "Lời nhắn giống những lời cho thấy nguy hiểm ngay lúc này.",
    en: "The message resembles messages of danger right now.",
  },
};
