import { riskRank } from "../taxonomy/risk.ts";
import type { RiskAssessment, Signal } from "./assessment.ts";

const MAX_SIGNALS = 40;

/**
 * Combines the risk already held for a conversation with the risk of the newest turn.
 *
 * The result never drops below either side: someone who jokes after disclosing harm
 * is still someone who disclosed harm. Only a counsellor may lower the level (ADR 2).
 */
export function raiseRisk(held: RiskAssessment, fresh: RiskAssessment): RiskAssessment {
  const top = riskRank(fresh.level) > riskRank(held.level) ? fresh : held;
  const signals = mergeSignals(held.signals, fresh.signals);
  return { level: top.level, category: top.category, signals };
}

function mergeSignals(held: readonly Signal[], fresh: readonly Signal[]): Signal[] {
  const known = new Set(held.map((signal) => signal.id));
  const added = fresh.filter((signal) => !known.has(signal.id));
  // The newest reasons matter most to a counsellor who opens the case now.
  return [...held, ...added].slice(-MAX_SIGNALS);
}
