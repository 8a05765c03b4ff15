import { z } from "zod";

export const INTENT_GROUPS = {
  harm: [
    "cyberbullying",
    "sextortion",
    "intimate_image_leak",
    "nude_pressure",
    "grooming",
    "meeting_stranger",
    "online_kidnapping",
    "scam",
    "trafficking_job",
    "hacked_account",
    "impersonation",
    "doxxing",
    "deepfake",
    "stalking",
    "harmful_content",
    "dangerous_challenge",
    "online_gambling",
    "substance_lure",
    "toxic_group",
    "screen_time",
  ],
  learn: [
    "account_security",
    "privacy_tips",
    "report_content",
    "fake_news",
    "report_crime",
    "law_penalty",
    "age_rules",
    "parental_controls",
    "talk_to_child",
    "sharenting",
    "learn_safety",
  ],
  wellbeing: [
    "suicidal_thoughts",
    "self_harm",
    "sadness_stress",
    "body_image_eating",
    "family_violence",
    "family_conflict",
    "sexual_abuse",
    "school_bullying",
    "relationship",
    "runaway",
    "identity_lgbt",
    "sexual_health",
    "friend_at_risk",
  ],
  service: [
    "helpline_info",
    "service_privacy",
    "talk_to_human",
    "bot_identity",
    "delete_data",
    "change_language",
    "help_menu",
    "feedback",
  ],
  talk: ["greeting", "thanks", "goodbye", "affirm", "deny", "insult_bot", "small_talk", "out_of_scope"],
} as const;

export type IntentGroup = keyof typeof INTENT_GROUPS;

/** The 60 intents of the taxonomy, in its order. `test/content` proves that the two agree. */
export const INTENTS = [
  ...INTENT_GROUPS.harm,
  ...INTENT_GROUPS.learn,
  ...INTENT_GROUPS.wellbeing,
  ...INTENT_GROUPS.service,
  ...INTENT_GROUPS.talk,
] as const;

export const IntentId = z.enum(INTENTS);
export type IntentId = z.infer<typeof IntentId>;

const GROUP_OF = new Map<IntentId, IntentGroup>();
for (const group of ["harm", "learn", "wellbeing", "service", "talk"] as const) {
  for (const intent of INTENT_GROUPS[group]) GROUP_OF.set(intent, group);
}

export function groupOf(intent: IntentId): IntentGroup {
  return GROUP_OF.get(intent) ?? "talk";
}
