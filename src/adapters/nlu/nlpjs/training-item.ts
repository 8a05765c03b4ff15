import type { IntentId } from "../../../domain/taxonomy/intent.ts";
import type { RiskCategory, RiskLevel } from "../../../domain/taxonomy/risk.ts";
import type { Audience, Locale } from "../../../domain/taxonomy/speaker.ts";

/** One line to learn from; the shape in which whoever loads the corpus hands it over. */
export interface TrainingItem {
  readonly text: string;
  readonly locale: Locale;
  readonly audience: Audience;
  /** Null: teaches risk only. */
  readonly intent: IntentId | null;
  readonly level: RiskLevel;
  readonly category: RiskCategory;
}
