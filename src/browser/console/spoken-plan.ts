import type { SafetyPlan } from "../../wire/case-file.ts";
import type { CaseSummary } from "../../wire/console.ts";
import { PLAN_PARTS } from "../../wire/lists.ts";
import { WORDS } from "./words.ts";

/** A safety plan as it is sent to the person: in their language, the parts that were filled in, each under its name. */
export function spokenPlan(
  plan: SafetyPlan,
  { locale, audience }: Pick<CaseSummary, "locale" | "audience">,
): string {
  const words = WORDS[locale];
  const parts = PLAN_PARTS.filter((part) => plan[part].trim() !== "").map(
    (part) => `${words[`plan-${part}`]}:\n${plan[part].trim()}`,
  );
  return [audience === "parent" ? words.planToParent : words.planToPerson, ...parts].join("\n\n");
}
