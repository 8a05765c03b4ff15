import type { Nlu } from "../../src/app/ports.ts";
import type { IntentId } from "../../src/domain/taxonomy/intent.ts";
import type { RiskAssessment } from "../../src/domain/triage/assessment.ts";
import { NO_RISK } from "../../src/domain/triage/assessment.ts";
import type { Triage } from "../../src/domain/triage/triage.ts";
import { aRisk, anUnderstanding } from "./builders.ts";

/** Understands a message that names an intent ("… #scam"), for tests that are not about understanding. */
export const stubNlu: Nlu = {
  understand(utterance) {
    const named = /#([a-z_]+)/.exec(utterance.text)?.[1];
    return anUnderstanding(named === undefined ? { intent: "greeting" } : { intent: named as IntentId });
  },
  weighRisk: () => null,
};

/** Sees the level that a message names ("… !urgent"). */
export const stubTriage: Triage = {
  assess({ utterance }): RiskAssessment {
    const level = /!(concern|urgent|emergency)/.exec(utterance.text)?.[1];
    return level === undefined ? NO_RISK : aRisk(level as "concern" | "urgent" | "emergency");
  },
};
