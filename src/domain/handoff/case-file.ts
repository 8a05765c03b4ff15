import { z } from "zod";
import { CounsellorId } from "../kernel/ids.ts";
import { IntentId } from "../taxonomy/intent.ts";
import { RISK_CATEGORIES } from "../taxonomy/risk.ts";

/**
 * What counsellors write down about a case, for one another. It is kept with the case and goes with it, and is no line of
 * the talk: nothing that delivers to a person is ever given any of it.
 */

/** In UTF-16 units. */
export const LONGEST_NOTE = 2000;
export const LONGEST_PLAN_PART = 600;
/** More would make a case slow to read, for the machine and for whoever takes it over. */
export const MOST_NOTES = 60;
const MOST_MARKS = 60;
const MOST_TICKS = 60;

const at = z.number().int().nonnegative();

export const CaseNote = z.strictObject({ at, by: CounsellorId, text: z.string().min(1).max(LONGEST_NOTE) });
export type CaseNote = z.infer<typeof CaseNote>;

/** What a case was about, as its counsellor sees it: the dangers that triage knows, and what else people come with. */
export const CASE_TAGS = [
  ...RISK_CATEGORIES.filter((category) => category !== "none"),
  "school",
  "family",
  "relationship",
  "identity",
  "account",
  "screen_time",
  "other",
] as const;
export const CaseTag = z.enum(CASE_TAGS);
export type CaseTag = z.infer<typeof CaseTag>;

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
export const CaseEnding = z.enum(CASE_ENDINGS);
export type CaseEnding = z.infer<typeof CaseEnding>;

/** The six parts of a safety plan, in the order in which they are gone through (Stanley and Brown, 2012). */
export const PLAN_PARTS = ["signs", "alone", "places", "people", "helplines", "safer"] as const;
export type PlanPart = (typeof PLAN_PARTS)[number];

const planPart = z.string().max(LONGEST_PLAN_PART);
export const SafetyPlan = z.strictObject({
  signs: planPart,
  alone: planPart,
  places: planPart,
  people: planPart,
  helplines: planPart,
  safer: planPart,
} satisfies Record<PlanPart, typeof planPart>);
export type SafetyPlan = z.infer<typeof SafetyPlan>;

export const StepName = z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, "lower-case letters, digits and _ only");

/** What an editor made of a marked line; `intent` null: nothing is to be learnt from it. */
export const MarkDecision = z.strictObject({
  intent: IntentId.nullable(),
  /** As the editor wrote it anew: what is learnt is nobody's own sentence. */
  text: z.string().min(1).max(400),
  by: CounsellorId,
  at,
});
export type MarkDecision = z.infer<typeof MarkDecision>;

const Mark = z.strictObject({
  seq: z.number().int().positive(),
  at,
  by: CounsellorId,
  decision: MarkDecision.nullable(),
});

export const CaseFile = z.strictObject({
  notes: z.array(CaseNote).max(MOST_NOTES),
  tags: z.array(CaseTag),
  /** Steps of the checklist that were done, by the name they have in `flows/_checklist.yaml`. */
  ticks: z.array(z.strictObject({ step: StepName, at, by: CounsellorId })).max(MOST_TICKS),
  plan: SafetyPlan,
  /** Numbers of the person's lines that the bot could have answered. */
  marks: z.array(Mark).max(MOST_MARKS),
});
export type CaseFile = z.infer<typeof CaseFile>;

export const EMPTY_PLAN: SafetyPlan = {
  signs: "",
  alone: "",
  places: "",
  people: "",
  helplines: "",
  safer: "",
};

export const EMPTY_FILE: CaseFile = { notes: [], tags: [], ticks: [], plan: EMPTY_PLAN, marks: [] };

export type CaseFileAct =
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "tag"; readonly tag: CaseTag; readonly isOn: boolean }
  | { readonly kind: "tick"; readonly step: string; readonly isDone: boolean }
  | { readonly kind: "plan"; readonly plan: SafetyPlan }
  | { readonly kind: "mark"; readonly seq: number; readonly isMarked: boolean };

/** The file with what an editor decided on a line; null when the line is not marked (any more). */
export function decideOnMark(file: CaseFile, seq: number, decision: MarkDecision): CaseFile | null {
  if (!file.marks.some((mark) => mark.seq === seq)) return null;
  return { ...file, marks: file.marks.map((mark) => (mark.seq === seq ? { ...mark, decision } : mark)) };
}

interface Written {
  readonly by: CounsellorId;
  readonly now: number;
}

/** The file after the act; null when there is no room for it. Doing an act again changes nothing, a note apart. */
export function writeInFile(file: CaseFile, act: CaseFileAct, { by, now }: Written): CaseFile | null {
  switch (act.kind) {
    case "note":
      return file.notes.length >= MOST_NOTES
        ? null
        : { ...file, notes: [...file.notes, { at: now, by, text: act.text }] };
    case "tag":
      return {
        ...file,
        tags: CASE_TAGS.filter((tag) => (tag === act.tag ? act.isOn : file.tags.includes(tag))),
      };
    case "plan":
      return { ...file, plan: act.plan };
    case "tick": {
      const others = file.ticks.filter(({ step }) => step !== act.step);
      if (!act.isDone) return { ...file, ticks: others };
      if (others.length < file.ticks.length) return file;
      return others.length >= MOST_TICKS
        ? null
        : { ...file, ticks: [...others, { step: act.step, at: now, by }] };
    }
    case "mark": {
      const others = file.marks.filter(({ seq }) => seq !== act.seq);
      if (!act.isMarked) return { ...file, marks: others };
      if (others.length < file.marks.length) return file;
      return others.length >= MOST_MARKS
        ? null
        : { ...file, marks: [...others, { seq: act.seq, at: now, by, decision: null }] };
    }
  }
}
