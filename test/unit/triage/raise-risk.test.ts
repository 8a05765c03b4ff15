import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { RiskAssessment } from "../../../src/domain/triage/assessment.ts";
import { raiseRisk } from "../../../src/domain/triage/raise-risk.ts";
import { RISK_LEVELS, riskRank } from "../../../src/domain/taxonomy/risk.ts";
import { aRisk } from "../../support/builders.ts";

const risk = fc.constantFrom(...RISK_LEVELS).map((level): RiskAssessment => aRisk(level));

describe("raiseRisk", () => {
  it("never drops below what was held or what is new", () => {
    fc.assert(
      fc.property(risk, risk, (held, fresh) => {
        const raised = riskRank(raiseRisk(held, fresh).level);
        expect(raised).toBe(Math.max(riskRank(held.level), riskRank(fresh.level)));
      }),
    );
  });

  it("keeps every reason once, however often it comes", () => {
    const twice = raiseRisk(raiseRisk(aRisk("urgent"), aRisk("urgent")), aRisk("concern"));
    expect(twice.signals.map((signal) => signal.id)).toEqual(["test.urgent", "test.concern"]);
  });

  it("keeps the category of the higher danger when a milder one follows", () => {
    const raised = raiseRisk(aRisk("urgent", "sexual_exploitation"), aRisk("concern", "mental_distress"));
    expect(raised.category).toBe("sexual_exploitation");
  });

  it("stays bounded in a conversation that signals danger a thousand times", () => {
    let held: RiskAssessment = aRisk("none");
    for (let turn = 0; turn < 1000; turn++) {
      const fresh = aRisk("concern");
      const signals = fresh.signals.map((signal) => ({ ...signal, id: `test.${turn}` }));
      held = raiseRisk(held, { ...fresh, signals });
    }
    expect(held.signals.length).toBeLessThanOrEqual(40);
    expect(held.signals.at(-1)?.id).toBe("test.999");
  });
});
