import { isAtLeast } from "../taxonomy/risk.ts";
import type { Handoff } from "./handoff.ts";

/** The console rings at once; whoever is not in front of it is told by another way, then their supervisor. */
export const ALARM_STEPS = ["second-channel", "supervisor"] as const;
export type AlarmStep = (typeof ALARM_STEPS)[number];

/** After how much waiting each step is due, in milliseconds. */
export type AlarmLadder = Readonly<Record<AlarmStep, number>>;

/** The steps that are due for a case and were not taken yet. Only urgent and emergency cases climb; a claim ends it. */
export function dueSteps(
  { status, risk, requestedAt }: Handoff,
  known: { readonly taken: readonly AlarmStep[]; readonly now: number },
  ladder: AlarmLadder,
): AlarmStep[] {
  if (status !== "waiting" || !isAtLeast(risk.level, "urgent")) return [];
  const waited = known.now - requestedAt;
  return ALARM_STEPS.filter((step) => waited >= ladder[step] && !known.taken.includes(step));
}
