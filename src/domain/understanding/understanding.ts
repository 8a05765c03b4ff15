import type { IntentId } from "../taxonomy/intent.ts";
import type { Audience, Locale } from "../taxonomy/speaker.ts";

export interface ScoredIntent {
  readonly intent: IntentId;
  /** Calibrated probability, 0 to 1. */
  readonly confidence: number;
}

/** What understanding may say of one utterance. It never throws: a dead engine is "unclear". */
export interface Understanding {
  /** `understood`: act on `intent`. `unclear`: below the bar, `intent` is `out_of_scope`. */
  readonly kind: "understood" | "unclear";
  readonly reason: "ok" | "low-confidence" | "out-of-scope" | "no-text" | "nlu-down";
  readonly intent: IntentId;
  readonly confidence: number;
  /** Best guesses in falling order, the first one included, also when unclear. */
  readonly alternatives: readonly ScoredIntent[];
  readonly locale: Locale;
  readonly audience: Audience;
}
