import type { InboundMessage } from "../domain/conversation/message.ts";
import { normalise } from "../domain/text/normalise.ts";
import { NO_RISK, type RiskAssessment } from "../domain/triage/assessment.ts";
import type { Triage } from "../domain/triage/triage.ts";

/** Triage by text rules alone, for when a turn failed: danger is still seen and written down. */
export function createRulesOnlyAssessment(
  triage: Triage,
): (message: InboundMessage) => RiskAssessment | null {
  return ({ content }) => {
    if (content.kind !== "text") return null;
    return triage.assess({
      utterance: normalise(content.text),
      understanding: {
        kind: "unclear",
        reason: "nlu-down",
        intent: "out_of_scope",
        confidence: 0,
        alternatives: [],
        locale: "vi",
        audience: "unknown",
      },
      evidence: null,
      held: NO_RISK,
    });
  };
}
