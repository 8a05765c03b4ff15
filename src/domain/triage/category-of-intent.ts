import type { IntentId } from "../taxonomy/intent.ts";
import type { RiskCategory } from "../taxonomy/risk.ts";

/** What a disclosure under an intent is mostly about. It supports the model and decides nothing alone. */
const CATEGORIES: Partial<Record<IntentId, RiskCategory>> = {
  cyberbullying: "bullying_harassment",
  sextortion: "sexual_exploitation",
  intimate_image_leak: "sexual_exploitation",
  nude_pressure: "sexual_exploitation",
  grooming: "sexual_exploitation",
  meeting_stranger: "sexual_exploitation",
  online_kidnapping: "abduction_coercion",
  scam: "fraud",
  trafficking_job: "abduction_coercion",
  hacked_account: "fraud",
  impersonation: "bullying_harassment",
  doxxing: "bullying_harassment",
  deepfake: "sexual_exploitation",
  stalking: "bullying_harassment",
  harmful_content: "mental_distress",
  dangerous_challenge: "mental_distress",
  online_gambling: "fraud",
  substance_lure: "mental_distress",
  toxic_group: "mental_distress",
  suicidal_thoughts: "suicide_self_harm",
  self_harm: "suicide_self_harm",
  sadness_stress: "mental_distress",
  body_image_eating: "mental_distress",
  family_violence: "violence",
  sexual_abuse: "sexual_abuse",
  school_bullying: "violence",
  runaway: "abduction_coercion",
  friend_at_risk: "suicide_self_harm",
};

export function categoryOfIntent(intent: IntentId): RiskCategory | null {
  return CATEGORIES[intent] ?? null;
}
