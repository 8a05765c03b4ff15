import { z } from "zod";
import type { Helpline } from "../helplines/helpline.ts";
import { type RiskCategory, RISK_CATEGORIES } from "../taxonomy/risk.ts";
import { Bilingual } from "../taxonomy/speaker.ts";
import type { ChecklistStep } from "../handoff/checklist.ts";
import type { SnippetGroup } from "../snippets/snippet.ts";
import { FactId, type Flow, FlowName, Voiced, VoicedPoints } from "./flow.ts";

/** What an answer may rest on: who says so, how sure it is, and how urgently a local reviewer must check it again. */
export const Fact = z.strictObject({
  id: FactId,
  fact: z.string().min(1),
  source: z.string().min(1),
  confidence: z.enum(["high", "medium"]),
  check: z.enum(["RV-1", "RV-2", "RV-3"]),
});
export type Fact = z.infer<typeof Fact>;

/** What is said first when a message of this category is an emergency, or urgent with no better flow. */
export const SafetyResponse = z.strictObject({
  emergency: z.strictObject({ say: Voiced, do: VoicedPoints, helplines: z.array(z.string()).min(1) }),
  /** The flow that answers an urgent message when the intent itself does not. */
  urgentFlow: FlowName,
});
export type SafetyResponse = z.infer<typeof SafetyResponse>;

const categories = RISK_CATEGORIES.filter((category) => category !== "none");
export const SafetyTable = z.strictObject(
  Object.fromEntries(categories.map((category) => [category, SafetyResponse])) as Record<
    Exclude<RiskCategory, "none">,
    typeof SafetyResponse
  >,
);
export type SafetyTable = z.infer<typeof SafetyTable>;

/** Lines about the conversation itself, by name. The list is closed: a missing one stops the start. */
export const NOTICES = [
  "introduction",
  "fallback",
  "clarify",
  "media_received",
  "handoff_queued",
  "handoff_queued_urgent",
  "handoff_already_waiting",
  "handoff_nobody_now",
  /** May name {from} and {to}, in minutes; said behind one of those before it. */
  "handoff_wait_range",
  "handoff_offer",
  "handoff_declined",
  "handoff_joined",
  "handoff_released",
  "handoff_lapsed",
  "handoff_transferred",
  "handoff_resolved",
  "erased",
  "erased_telegram",
  "language_vietnamese",
  "language_english",
  "nothing_to_do",
  "ask_again",
  "heard_more",
  "content_changed",
  "left_guide",
] as const;
export type NoticeName = (typeof NOTICES)[number];

export const Notices = z.strictObject(
  Object.fromEntries(NOTICES.map((name) => [name, Voiced])) as Record<NoticeName, typeof Voiced>,
);
export type Notices = z.infer<typeof Notices>;

/** Labels of buttons that the engine itself adds. */
export const LABELS = [
  "human",
  "decline",
  "menu",
  "none_of_these",
  "back",
  "leave",
  "start_over",
  "resume",
  "quiz_start",
  "quiz_next",
  "quiz_result",
  "quiz_again",
  "other_lessons",
  "right",
  "not_quite",
  "keep_card",
] as const;
export type LabelName = (typeof LABELS)[number];
export const Labels = z.strictObject(
  Object.fromEntries(LABELS.map((name) => [name, Bilingual])) as Record<LabelName, typeof Bilingual>,
);

/** A tip of the day. */
export const Tip = z.strictObject({ tip: Voiced, facts: z.array(FactId).default([]) });
export type Tip = z.infer<typeof Tip>;

/** All curated content, checked as a whole at boot by `adapters/content`. */
export interface FlowBook {
  /** Hash of all content; recorded with answers so that an answer can be traced to its text. */
  readonly revision: string;
  readonly flows: ReadonlyMap<string, Flow>;
  readonly helplines: ReadonlyMap<string, Helpline>;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly safety: SafetyTable;
  readonly notices: Notices;
  /** One is shown each day, in turn. */
  readonly tips: readonly Tip[];
  /** Sentences at hand for counsellors. */
  readonly snippets: readonly SnippetGroup[];
  /** What counsellors want to have thought of in a case. */
  readonly checklist: readonly ChecklistStep[];
  /** How long a conversation is kept after its last message; texts say {days}. */
  readonly retentionDays: number;
  readonly labels: z.infer<typeof Labels>;
}
