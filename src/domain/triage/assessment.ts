import { z } from "zod";
import { RiskCategory, RiskLevel } from "../taxonomy/risk.ts";
import { Bilingual } from "../taxonomy/speaker.ts";

/** One reason for a level, shown to counsellors in words. Holds no text of the person. */
export const Signal = z.strictObject({
  /** A rule id such as `sextortion.threat-publish`, or `model.urgent`. */
  id: z.string().min(1).max(80),
  level: RiskLevel,
  category: RiskCategory,
  reason: Bilingual,
});
export type Signal = z.infer<typeof Signal>;

export const RiskAssessment = z.strictObject({
  level: RiskLevel,
  category: RiskCategory,
  signals: z.array(Signal),
});
export type RiskAssessment = z.infer<typeof RiskAssessment>;

export const NO_RISK: RiskAssessment = { level: "none", category: "none", signals: [] };

/** What the risk model says of one utterance: a probability per level and per category. */
export interface RiskEvidence {
  readonly levels: Readonly<Record<RiskLevel, number>>;
  readonly categories: Readonly<Record<RiskCategory, number>>;
}
