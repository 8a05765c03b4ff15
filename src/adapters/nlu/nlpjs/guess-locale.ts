import { readsAsEnglish } from "../../../domain/text/language-guess.ts";
import type { Locale } from "../../../domain/taxonomy/speaker.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";

/** A guess without the model, from spelling alone. In doubt Vietnamese: this is a service for Vietnam. */
export function guessLocale(utterance: Utterance): Locale {
  return readsAsEnglish(utterance.typed) ? "en" : "vi";
}
