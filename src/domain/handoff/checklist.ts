import { z } from "zod";
import { isAtLeast, RiskCategory, RiskLevel } from "../taxonomy/risk.ts";
import { type Audience, Bilingual } from "../taxonomy/speaker.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import { FactId } from "../dialogue/flow.ts";
import { StepName } from "./case-file.ts";

/** Something that a counsellor does not want to have forgotten at 2 a.m. Read by counsellors only. */
export const ChecklistStep = z.strictObject({
  id: StepName,
  /** From this level on; for all cases where it is left out. */
  from: RiskLevel.optional(),
  /** For these dangers only. */
  about: z.array(RiskCategory).min(1).optional(),
  for: z.enum(["teen", "parent"]).optional(),
  say: Bilingual,
});
export type ChecklistStep = z.infer<typeof ChecklistStep>;

export const ChecklistFile = z.strictObject({
  /** Date of the last human review, YYYY-MM-DD. */
  reviewed: z.iso.date(),
  facts: z.array(FactId).default([]),
  checklist: z.array(ChecklistStep).min(1).max(50),
});
export type ChecklistFile = z.infer<typeof ChecklistFile>;

/** The steps that fit a case, in the order of the file. Who has not said who they are may be either. */
export function stepsFor(
  steps: readonly ChecklistStep[],
  {
    risk,
    audience,
  }: { readonly risk: Pick<RiskAssessment, "level" | "category">; readonly audience: Audience },
): ChecklistStep[] {
  return steps.filter(
    (step) =>
      (step.from === undefined || isAtLeast(risk.level, step.from)) &&
      (step.about === undefined || step.about.includes(risk.category)) &&
      (step.for === undefined || audience === "unknown" || step.for === audience),
  );
}
