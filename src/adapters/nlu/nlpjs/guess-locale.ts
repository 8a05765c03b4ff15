import { isBareSyllable } from "../../../domain/text/syllable.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";
import type { Locale } from "../../../domain/taxonomy/speaker.ts";

/** A guess without the model, from spelling alone. In doubt Vietnamese: this is a service for Vietnam. */
export function guessLocale(utterance: Utterance): Locale {
  if (utterance.hasMarks) return "vi";
  const words = utterance.bare.filter((word) => /^[a-z]+$/.test(word)).slice(0, 60);
  const foreign = words.filter((word) => !isBareSyllable(word)).length;
  return foreign * 2 > words.length ? "en" : "vi";
}
