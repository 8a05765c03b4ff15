/** Lists that the pages need while they run. Apart from the schemas: whoever imports one of those loads all of zod. */

/** Why a supervisor reads a case that a colleague holds. Goes into the audit log. */
export const READING_REASONS = ["safety", "quality", "complaint", "training", "handover"] as const;

/** What a case was about, as its counsellor sees it. */
export const CASE_TAGS = [
  "suicide_self_harm",
  "sexual_exploitation",
  "sexual_abuse",
  "violence",
  "abduction_coercion",
  "bullying_harassment",
  "fraud",
  "mental_distress",
  "school",
  "family",
  "relationship",
  "identity",
  "account",
  "screen_time",
  "other",
] as const;

/** How a case ended. */
export const CASE_ENDINGS = [
  "supported",
  "adult",
  "helpline",
  "police",
  "health",
  "left",
  "not_a_case",
] as const;

/** The parts of a safety plan, in the order in which they are gone through. */
export const PLAN_PARTS = ["signs", "alone", "places", "people", "helplines", "safer"] as const;

/** In UTF-16 units. */
export const LONGEST_NOTE = 2000;
export const LONGEST_PLAN_PART = 600;
