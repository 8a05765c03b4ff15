import { z } from "zod";
import { ConversationId } from "../kernel/ids.ts";
import { isAtLeast, RiskLevel } from "../taxonomy/risk.ts";

/** What one reader thinks a talk should have been called. */
export const Verdict = z.strictObject({
  /** A place of the sample can be given to another talk until the week is over. */
  conversationId: ConversationId,
  /** Null: left to somebody else. */
  level: RiskLevel.nullable(),
  at: z.number(),
});
export type Verdict = z.infer<typeof Verdict>;

/** Two who agree, apart from each other. */
const ENOUGH = 2;

/** Whether a danger was missed, once two readers say the same; "open" before that. */
export function decide(verdicts: readonly Verdict[]): "missed" | "fine" | "open" {
  const votes = verdicts.flatMap(({ level }) => (level === null ? [] : [isAtLeast(level, "urgent")]));
  const dangers = votes.filter(Boolean).length;
  if (dangers >= ENOUGH) return "missed";
  return votes.length - dangers >= ENOUGH ? "fine" : "open";
}
