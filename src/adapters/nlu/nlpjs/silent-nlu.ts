import type { Nlu } from "../../../app/ports.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";
import type { Understanding } from "../../../domain/understanding/understanding.ts";
import { guessLocale } from "./guess-locale.ts";

/** The Nlu without a model: it says that it cannot say, so that rules alone decide and a person is offered. */
export function createSilentNlu(): Nlu {
  return { understand: (utterance) => unclear(utterance, "nlu-down"), weighRisk: () => null };
}

export function unclear(utterance: Utterance, reason: Understanding["reason"]): Understanding {
  return {
    kind: "unclear",
    reason,
    intent: "out_of_scope",
    confidence: 0,
    alternatives: [],
    locale: guessLocale(utterance),
    audience: "unknown",
  };
}
