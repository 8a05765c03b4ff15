import { RISK_CATEGORIES, type RiskCategory, riskRank } from "../taxonomy/risk.ts";
import { addUp } from "./add-up.ts";
import { NO_RISK, type RiskAssessment, type RiskEvidence, type Signal } from "./assessment.ts";
import { highest, lessSure, levelOf, modelSignal, settleRule, sumUp, TOGETHER_CAUTION } from "./policy.ts";
import type { Utterance } from "../text/utterance.ts";
import { Reading } from "./reading.ts";
import type { RuleBook } from "./rule-book.ts";
import type { ReadText, Triage, TriageInput } from "./triage.ts";

const MAX_SIGNALS = 20;

/** Rules first, then what the model adds, then what adds up with what the conversation holds. */
export function createTriage(book: RuleBook): Triage {
  return {
    assess({ together, before = noMessages, held, ...alone }: TriageInput): RiskAssessment {
      const { utterance, evidence } = alone;
      if (utterance.words.length === 0) return NO_RISK;
      const joined = together ? new Reading(book, together.utterance) : null;
      const own = new Reading(book, utterance);
      const carried = once(() => (own.isOwnLife() ? NOTHING : framesBefore(book, before())));
      const signals = readSigns(own, alone, { caution: 0, carried });
      signals.push(...addUp(book, signals, held.signals));
      if (together && joined !== null) {
        const found = readSigns(joined, together, { caution: TOGETHER_CAUTION, carried });
        signals.push(...whatTogetherAdds(found, { signals, held }));
      }
      return conclude(
        signals.filter((signal) => signal.level !== "none" || counts(book, signal)),
        isUsable(evidence) ? evidence.categories : null,
      );
    },
  };
}

/** No film, game or play told of before frames this message, or it speaks of the person's own life. */
const NOTHING: ReadonlySet<string> = new Set();

/** Frames of the messages before, back to the last one that spoke of the person's own life. */
function framesBefore(book: RuleBook, before: readonly Utterance[]): ReadonlySet<string> {
  const frames = new Set<string>();
  for (const utterance of before.toReversed()) {
    const reading = new Reading(book, utterance);
    if (reading.isOwnLife()) break;
    for (const frame of reading.carriedFrames()) frames.add(frame);
  }
  return frames;
}

const noMessages = (): readonly Utterance[] => [];

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => (found ??= { value: find() }).value;
}

function readSigns(
  reading: Reading,
  { evidence, understanding }: ReadText,
  { caution, carried }: { readonly caution: number; readonly carried: () => ReadonlySet<string> },
): Signal[] {
  const found = reading
    .hits()
    .filter(({ rule }) => !rule.unless.some((frame) => carried().has(frame)))
    .map(({ rule }) => rule.signal);
  if (!isUsable(evidence)) return found;
  const known = { understanding, isCalm: reading.isCalm(), isCalmBefore: false, rule: highest(found) };
  let sums = sumUp(evidence, known);
  // A frame can only calm: where nothing is seen without it, nobody has to look for one.
  if (!known.isCalm && levelOf(lessSure(sums, caution)) !== "none" && carried().size > 0)
    sums = sumUp(evidence, { ...known, isCalmBefore: true });
  const model = modelSignal(levelOf(lessSure(sums, caution)), evidence);
  const settled = found.map((signal) => settleRule(signal, sums));
  return model === null ? settled : [...settled, model];
}

/** Only what rises above all that is known already: an old danger is not told again with every message after it. */
function whatTogetherAdds(
  joined: readonly Signal[],
  known: { readonly signals: readonly Signal[]; readonly held: RiskAssessment },
): Signal[] {
  const highestKnown = Math.max(riskRank(known.held.level), riskRank(highest(known.signals)));
  return joined.filter(({ level }) => riskRank(level) > highestKnown);
}

/** A sign that says nothing alone is held only when it can add up with another. */
function counts(book: RuleBook, { id }: Signal): boolean {
  return (book.tagsOf.get(id)?.length ?? 0) > 0;
}

/** A model of another version may hand over anything; then rules decide alone. */
function isUsable(evidence: RiskEvidence | null): evidence is RiskEvidence {
  const levels: unknown = evidence?.levels;
  const categories: unknown = evidence?.categories;
  return (
    typeof levels === "object" && levels !== null && typeof categories === "object" && categories !== null
  );
}

/** The highest level wins; its category is the one that most signals of that level speak of. */
export function conclude(
  signals: readonly Signal[],
  leaning: Readonly<Record<RiskCategory, number>> | null,
): RiskAssessment {
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
