import { z } from "zod";
import { RiskCategory, RiskLevel } from "../taxonomy/risk.ts";
import { Audience, Bilingual } from "../taxonomy/speaker.ts";

/** Names of flows and steps: stable, spoken in cursors and button values, so never renamed lightly. */
export const FlowName = z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, "lower-case letters, digits and _ only");
export const StepName = z.string().regex(/^[a-z][a-z0-9_]{0,23}$/, "lower-case letters, digits and _ only");

/** A text for everyone, or one per voice: `teen` (also for "unknown") and `parent`. */
export const Voiced = z.union([Bilingual, z.strictObject({ teen: Bilingual, parent: Bilingual })]);
export type Voiced = z.infer<typeof Voiced>;

const Points = z.array(Bilingual).min(1).max(7);
export const VoicedPoints = z.union([Points, z.strictObject({ teen: Points, parent: Points })]);
export type VoicedPoints = z.infer<typeof VoicedPoints>;

/** What a flow may ask the conversation to do. Each is carried out by `take-turn`, never by the flow itself. */
export const FlowAct = z.enum([
  "request-counsellor",
  "decline-counsellor",
  "speak-vietnamese",
  "speak-english",
  "erase-everything",
  "as-teen",
  "as-parent",
]);
export type FlowAct = z.infer<typeof FlowAct>;

const label = { vi: z.string().min(1).max(40), en: z.string().min(1).max(40) };

/** A button leads to a step of this flow (`go`), to another flow (`flow`), or carries out an act (`act`). */
export const FlowButton = z.union([
  z.strictObject({ go: StepName, ...label }),
  z.strictObject({ flow: FlowName, ...label }),
  z.strictObject({ act: FlowAct, ...label }),
]);
export type FlowButton = z.infer<typeof FlowButton>;

/** Says something, then waits for the person. */
export const SayStep = z.strictObject({
  say: Voiced,
  do: VoicedPoints.optional(),
  helplines: z.array(z.string()).max(4).default([]),
  buttons: z.array(FlowButton).max(6).default([]),
});
export type SayStep = z.infer<typeof SayStep>;

/** Goes on at the first case whose every named condition holds, else at `otherwise`; says nothing. */
export const BranchStep = z.strictObject({
  branch: z
    .array(
      z.strictObject({
        audience: Audience.optional(),
        /** Holds at this risk level or above. */
        level: RiskLevel.optional(),
        category: RiskCategory.optional(),
        go: StepName,
      }),
    )
    .min(1),
  otherwise: StepName,
});
export type BranchStep = z.infer<typeof BranchStep>;

/** Carries out an act, then goes on at `then` (which may say something). */
export const ActStep = z.strictObject({ act: FlowAct, then: StepName.optional() });
export type ActStep = z.infer<typeof ActStep>;

export const Step = z.union([SayStep, BranchStep, ActStep]);
export type Step = z.infer<typeof Step>;

export const Flow = z.strictObject({
  flow: FlowName,
  title: Bilingual,
  /** Date of the last human review, YYYY-MM-DD. */
  reviewed: z.iso.date(),
  /** Rows of the facts sheet that the texts rest on. */
  facts: z.array(z.string().regex(/^[HL]\d{2}$/)).default([]),
  start: StepName,
  /** Where a tap on this topic leads, if not to `start`: who picks a danger from a list is not asking what the word means. */
  tapped: StepName.optional(),
  steps: z.record(StepName, Step),
});
export type Flow = z.infer<typeof Flow>;
