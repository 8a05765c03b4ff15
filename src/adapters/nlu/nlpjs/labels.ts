import { INTENTS } from "../../../domain/taxonomy/intent.ts";
import { RISK_CATEGORIES, RISK_LEVELS } from "../../../domain/taxonomy/risk.ts";
import { AUDIENCES, LOCALES } from "../../../domain/taxonomy/speaker.ts";

/** Everything the model says of a message, as columns of one table: a sentence is an example for all at once. */
export const HEADS = {
  intent: { from: 0, ids: INTENTS },
  level: { from: INTENTS.length, ids: RISK_LEVELS },
  category: { from: INTENTS.length + RISK_LEVELS.length, ids: RISK_CATEGORIES },
  audience: { from: INTENTS.length + RISK_LEVELS.length + RISK_CATEGORIES.length, ids: AUDIENCES },
  locale: { from: INTENTS.length + RISK_LEVELS.length + RISK_CATEGORIES.length + AUDIENCES.length, ids: LOCALES },
} as const;

export const COLUMNS = HEADS.locale.from + LOCALES.length;
export const OUT_OF_SCOPE = INTENTS.indexOf("out_of_scope");

/** Every column's name, for the model file: a model with other labels or another order is refused. */
export const COLUMN_NAMES: readonly string[] = Object.entries(HEADS).flatMap(([head, { ids }]) => ids.map((id) => `${head}.${id}`));
