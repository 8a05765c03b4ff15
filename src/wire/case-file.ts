import { z } from "zod";
import { CASE_ENDINGS, CASE_TAGS, LONGEST_NOTE, LONGEST_PLAN_PART, type PLAN_PARTS } from "./lists.ts";

/** JSON of what counsellors write down about a case, under `/console/api`. None of it ever reaches the person. */

export const CaseTag = z.enum(CASE_TAGS);
export type CaseTag = z.infer<typeof CaseTag>;

export const CaseEnding = z.enum(CASE_ENDINGS);
export type CaseEnding = z.infer<typeof CaseEnding>;

export type PlanPart = (typeof PLAN_PARTS)[number];

const planPart = z.string().trim().max(LONGEST_PLAN_PART);
export const SafetyPlan = z.strictObject({
  signs: planPart,
  alone: planPart,
  places: planPart,
  people: planPart,
  helplines: planPart,
  safer: planPart,
} satisfies Record<PlanPart, typeof planPart>);
export type SafetyPlan = z.infer<typeof SafetyPlan>;

const NoteText = z.string().trim().min(1).max(LONGEST_NOTE);

/** Acts of `POST /cases/:id/act` that the person hears nothing of. */
export const FILE_ACTS = [
  z.strictObject({ kind: z.literal("note"), text: NoteText }),
  z.strictObject({ kind: z.literal("tag"), tag: CaseTag, isOn: z.boolean() }),
  z.strictObject({
    kind: z.literal("tick"),
    step: z.string().regex(/^[a-z][a-z0-9_]{1,31}$/),
    isDone: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("plan"), plan: SafetyPlan }),
  /** `seq`: a line of the person that the bot could have answered. */
  z.strictObject({ kind: z.literal("mark"), seq: z.number().int().positive(), isMarked: z.boolean() }),
  /** Supervisors only: a note to the colleague who holds the case. */
  z.strictObject({ kind: z.literal("whisper"), text: NoteText }),
] as const;

/** Part of the transcript's answer. Names are those of the house. */
export const CaseFileView = z.strictObject({
  notes: z.array(
    z.strictObject({ at: z.number(), byName: z.string().nullable(), isOwn: z.boolean(), text: z.string() }),
  ),
  tags: z.array(CaseTag),
  /** What the signs of danger speak for. */
  suggested: z.array(CaseTag),
  /** The steps that fit this case; `done`: when and by whom. */
  steps: z.array(
    z.strictObject({
      id: z.string(),
      vi: z.string(),
      en: z.string(),
      done: z.strictObject({ at: z.number(), byName: z.string().nullable() }).nullable(),
    }),
  ),
  plan: SafetyPlan,
  marks: z.array(z.number()),
  /** When this person first wrote, in the talk that the case belongs to. */
  firstWroteAt: z.number(),
});
export type CaseFileView = z.infer<typeof CaseFileView>;

/** `GET /cases/:id/referral`: for the counsellor who holds the case. Names, numbers and addresses are replaced by marks. */
export const ReferralAnswer = z.strictObject({
  /** Says nothing of the person. */
  number: z.string(),
  now: z.number(),
  requestedAt: z.number(),
  level: z.enum(["none", "concern", "urgent", "emergency"]),
  category: z.string(),
  audience: z.enum(["teen", "parent", "unknown"]),
  reasons: z.array(z.strictObject({ vi: z.string(), en: z.string() })),
  /** Where such a case is passed on to. */
  helplines: z.array(z.strictObject({ number: z.string(), vi: z.string(), en: z.string() })),
  done: z.array(z.strictObject({ vi: z.string(), en: z.string() })),
  plan: SafetyPlan,
  lines: z.array(
    z.strictObject({
      seq: z.number(),
      at: z.number(),
      from: z.enum(["person", "counsellor"]),
      text: z.string(),
      /** Whether a sign of danger stands in it. */
      isSign: z.boolean(),
    }),
  ),
});
export type ReferralAnswer = z.infer<typeof ReferralAnswer>;
