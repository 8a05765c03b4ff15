import { z } from "zod";

export const RISK_LEVELS = ["none", "concern", "urgent", "emergency"] as const;
export const RiskLevel = z.enum(RISK_LEVELS);
export type RiskLevel = z.infer<typeof RiskLevel>;

export const RISK_CATEGORIES = [
  "none",
  "suicide_self_harm",
  "sexual_exploitation",
  "sexual_abuse",
  "violence",
  "abduction_coercion",
  "bullying_harassment",
  "fraud",
  "mental_distress",
] as const;
export const RiskCategory = z.enum(RISK_CATEGORIES);
export type RiskCategory = z.infer<typeof RiskCategory>;

export function riskRank(level: RiskLevel): number {
  return RISK_LEVELS.indexOf(level);
}

/** True when `level` is at or above `floor`. */
export function isAtLeast(level: RiskLevel, floor: RiskLevel): boolean {
  return riskRank(level) >= riskRank(floor);
}
