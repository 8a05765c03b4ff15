import { z } from "zod";
import { ChannelName } from "../conversation/message.ts";
import { RiskCategory, RiskLevel } from "../taxonomy/risk.ts";
import { Audience, Bilingual } from "../taxonomy/speaker.ts";

/** Names of flows and steps: stable, spoken in cursors and button values, so never renamed lightly. */
export const FlowName = z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, "lower-case letters, digits and _ only");
export const StepName = z.string().regex(/^[a-z][a-z0-9_]{0,23}$/, "lower-case letters, digits and _ only");

/** A row of the facts sheet. */
export const FactId = z.string().regex(/^[HL]\d{2}$/);

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
  "go-back",
  "start-over",
  "leave-guide",
]);
export type FlowAct = z.infer<typeof FlowAct>;

// An answer to a quiz may be a short sentence; lint holds ordinary labels to what fits a phone.
const label = { vi: z.string().min(1).max(64), en: z.string().min(1).max(64) };

/** A button leads to a step of this flow (`go`), to another flow (`flow`), or carries out an act (`act`). */
export const FlowButton = z.union([
  z.strictObject({ go: StepName, ...label }),
  z.strictObject({ flow: FlowName, ...label }),
  z.strictObject({ act: FlowAct, ...label }),
]);
export type FlowButton = z.infer<typeof FlowButton>;

const spoken = {
  do: VoicedPoints.optional(),
  helplines: z.array(z.string()).max(4).default([]),
  buttons: z.array(FlowButton).max(6).default([]),
};

/** Says something, then waits for the person. `card` lets the step be kept as a picture or printed. */
export const SayStep = z.strictObject({ say: Voiced, ...spoken, card: z.literal(true).optional() });
export type SayStep = z.infer<typeof SayStep>;

/** One answer to a question: tapped, typed as its label, or told in `words` that only this answer has. */
export const Answer = z.strictObject({
  go: StepName,
  ...label,
  words: z.array(z.string().min(1).max(40)).max(24).default([]),
});
export type Answer = z.infer<typeof Answer>;

/** Asks, then waits. Words that fit no answer are understood like any others; the question stays open. */
export const AskStep = z.strictObject({ ask: Voiced, answers: z.array(Answer).min(2).max(6), ...spoken });
export type AskStep = z.infer<typeof AskStep>;

/** What is kept of an answer: a name from the flow's own list, so never anything that the person wrote. */
export const SlotName = z.string().regex(/^[a-z][a-z0-9_]{0,23}$/, "lower-case letters, digits and _ only");
export const SlotValue = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_]{0,23}$/, "lower-case letters, digits and _ only");

const HourOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "an hour as 21:30");

/** Goes on at the first case whose every named condition holds, else at `otherwise`; says nothing. */
export const BranchStep = z.strictObject({
  branch: z
    .array(
      z.strictObject({
        audience: Audience.optional(),
        /** Holds at this risk level or above. */
        level: RiskLevel.optional(),
        category: RiskCategory.optional(),
        channel: ChannelName.optional(),
        /** Every slot named here has this value. */
        slots: z.record(SlotName, SlotValue).optional(),
        /** Local time in Vietnam, from (included) to (excluded); may run over midnight. */
        hours: z.strictObject({ from: HourOfDay, to: HourOfDay }).optional(),
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

/** Keeps values in slots, then goes on. */
export const SetStep = z.strictObject({ set: z.record(SlotName, SlotValue), then: StepName });
export type SetStep = z.infer<typeof SetStep>;

/** Counts one more in a slot (the right answers of a quiz), then goes on. */
export const AddStep = z.strictObject({ add: SlotName, then: StepName });
export type AddStep = z.infer<typeof AddStep>;

/** Goes through another flow, which comes back to `then` at its `return`. */
export const CallStep = z.strictObject({ call: FlowName, then: StepName });
export type CallStep = z.infer<typeof CallStep>;

/** Goes back to the flow that called this one; where nobody called, on at `otherwise`. */
export const ReturnStep = z.strictObject({ return: z.literal(true), otherwise: StepName });
export type ReturnStep = z.infer<typeof ReturnStep>;

export const Step = z.union([SayStep, AskStep, BranchStep, ActStep, SetStep, AddStep, CallStep, ReturnStep]);
export type Step = z.infer<typeof Step>;

export const Flow = z.strictObject({
  flow: FlowName,
  title: Bilingual,
  /** Date of the last human review, YYYY-MM-DD. */
  reviewed: z.iso.date(),
  /** Rows of the facts sheet that the texts rest on. */
  facts: z.array(FactId).default([]),
  start: StepName,
  /** Where a tap on this topic leads, if not to `start`: who picks a danger from a list is not asking what the word means. */
  tapped: StepName.optional(),
  /** Set on a flow that leads step by step through this topic: it can be left, gone back in and taken up again. */
  guide: FlowName.optional(),
  /** The slots that its steps set, with every value that each may have. */
  slots: z.record(SlotName, z.array(SlotValue).min(2).max(12)).default({}),
  steps: z.record(StepName, Step),
});
export type Flow = z.infer<typeof Flow>;

/** The steps at which the bot speaks and waits. */
export type SpokenStep = SayStep | AskStep;

export function isSpoken(step: Step): step is SpokenStep {
  return "say" in step || "ask" in step;
}
