import type { Nlu } from "../../../app/ports.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";
import type { RiskEvidence } from "../../../domain/triage/assessment.ts";
import { RISK_CATEGORIES, RISK_LEVELS } from "../../../domain/taxonomy/risk.ts";
import { AUDIENCES, type Audience, LOCALES, type Locale } from "../../../domain/taxonomy/speaker.ts";
import type { ScoredIntent, Understanding } from "../../../domain/understanding/understanding.ts";
import { audienceByCues } from "./audience-cues.ts";
import { dangerOf, headSums, strangenessOf, toChances } from "./calibrate.ts";
import { gateInputs, passGate } from "./gate.ts";
import { HEADS, intentSums, OUT_OF_SCOPE } from "./labels.ts";
import type { Model } from "./model.ts";
import { createSafeNlu, type SafeNlu } from "./safe-nlu.ts";
import { unclear } from "./silent-nlu.ts";
import { Vectoriser } from "./vocabulary.ts";

const MOST_ALTERNATIVES = 5;
// Above this it is no near miss: nothing the service speaks of was even meant.
const SURELY_OUTSIDE = 0.8;

interface Weighed {
  readonly sums: Float32Array;
  readonly outside: number;
}

/** Answers from a model. It never throws and holds nothing of a message once it has answered. */
export function createModelNlu(model: Model): Nlu {
  const vectoriser = new Vectoriser(model.vocabulary);
  const nlu = createSafeNlu();
  nlu.adopt(model, vectoriser);
  // Understanding and risk read the same sums. Numbers only, and they go with the utterance they belong to.
  const weighed = new WeakMap<Utterance, Weighed>();
  const weigh = (utterance: Utterance) => {
    const known = weighed.get(utterance);
    if (known !== undefined) return known;
    const fresh = weighOnce(utterance, { model, nlu, vectoriser });
    weighed.set(utterance, fresh);
    return fresh;
  };
  return {
    understand(utterance) {
      try {
        return utterance.words.length === 0
          ? unclear(utterance, "no-text")
          : conclude(model, utterance, weigh(utterance));
      } catch {
        return unclear(utterance, "nlu-down");
      }
    },
    weighRisk(utterance) {
      try {
        return utterance.words.length === 0 ? null : readRisk(model, weigh(utterance).sums);
      } catch {
        return null;
      }
    },
  };
}

function weighOnce(
  utterance: Utterance,
  { model, nlu, vectoriser }: { model: Model; nlu: SafeNlu; vectoriser: Vectoriser },
): Weighed {
  const vector = vectoriser.read(utterance);
  const { unknown } = vector;
  const sums = nlu.weigh(vector).slice();
  const view = {
    sums: intentSums(sums),
    outOfScope: OUT_OF_SCOPE,
    unknown,
    words: utterance.words.length,
    danger: dangerOf(sums),
    strange: strangenessOf(sums),
  };
  return { sums, outside: passGate(model.gate, gateInputs(view)) };
}

function conclude(model: Model, utterance: Utterance, { sums, outside }: Weighed): Understanding {
  const alternatives = rank(model, sums, outside);
  const speaker = { locale: readLocale(utterance, sums), audience: readAudience(utterance, sums) };
  const best = alternatives.find(({ intent }) => intent !== "out_of_scope");
  if (best === undefined || outside >= model.gate.bar) {
    const reason = outside >= SURELY_OUTSIDE ? "out-of-scope" : "low-confidence";
    return { kind: "unclear", reason, intent: "out_of_scope", confidence: outside, alternatives, ...speaker };
  }
  return {
    kind: "understood",
    reason: "ok",
    intent: best.intent,
    confidence: best.confidence,
    alternatives,
    ...speaker,
  };
}

/** The gate says how likely it is that anything is meant at all; the rest is shared out among the intents. */
function rank(model: Model, sums: Float32Array, outside: number): ScoredIntent[] {
  const intents = intentSums(sums);
  intents[OUT_OF_SCOPE] = Number.NEGATIVE_INFINITY;
  const chances = toChances(intents, model.sharpness.intent);
  chances.forEach((chance, i) => {
    chances[i] = chance * (1 - outside);
  });
  chances[OUT_OF_SCOPE] = outside;
  return Array.from(topOf(chances, MOST_ALTERNATIVES), (i) => ({
    intent: HEADS.intent.ids[i] ?? "out_of_scope",
    confidence: chances[i] ?? 0,
  }));
}

/** Places of the largest values, the largest first; of equals the first. */
function topOf(values: Float32Array, count: number): number[] {
  const top: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    let at = top.length;
    while (at > 0 && value > (values[top[at - 1] as number] as number)) at--;
    if (at < count) {
      top.splice(at, 0, i);
      if (top.length > count) top.pop();
    }
  }
  return top;
}

function readRisk(model: Model, sums: Float32Array): RiskEvidence {
  const levels = toChances(headSums(sums, "level"), model.sharpness.level);
  const categories = toChances(headSums(sums, "category"), model.sharpness.category);
  return {
    levels: Object.fromEntries(RISK_LEVELS.map((id, i) => [id, levels[i] ?? 0])) as RiskEvidence["levels"],
    categories: Object.fromEntries(
      RISK_CATEGORIES.map((id, i) => [id, categories[i] ?? 0]),
    ) as RiskEvidence["categories"],
  };
}

function readLocale(utterance: Utterance, sums: Float32Array): Locale {
  const guess = LOCALES[largest(headSums(sums, "locale"))] ?? "vi";
  // One marked word can be a dish or a name in an English message; the model has seen both.
  return utterance.hasMarks && utterance.words.length <= 2 ? "vi" : guess;
}

function readAudience(utterance: Utterance, sums: Float32Array): Audience {
  const told = audienceByCues(utterance);
  if (told !== null) return told;
  const leaning = Float32Array.from(headSums(sums, "audience"), (sum, i) => sum + (AUDIENCE_LEANING[i] ?? 0));
  return AUDIENCES[largest(leaning)] ?? "unknown";
}

// Not saying who speaks is common in the corpus; where a text hints at all, the hint is worth following.
const AUDIENCE_LEANING: readonly number[] = [6.5, 5, 0];

function largest(sums: Float32Array): number {
  let best = 0;
  for (let i = 1; i < sums.length; i++) if ((sums[i] as number) > (sums[best] as number)) best = i;
  return best;
}
