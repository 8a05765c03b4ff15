import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compareHandoffs, HEAD_START_MS, type Handoff } from "../../../src/domain/handoff/handoff.ts";
import { type RiskLevel, RISK_LEVELS } from "../../../src/domain/taxonomy/risk.ts";
import { aHandoff, aRisk, handoffId, NOON } from "../../support/builders.ts";

const MINUTE = 60_000;
const at = (level: RiskLevel, minutes: number, id = `${level}-${minutes}`): Handoff =>
  aHandoff({ id: handoffId(id), risk: aRisk(level), requestedAt: NOON + minutes * MINUTE });
const inOrder = (...cases: Handoff[]) => [...cases].sort(compareHandoffs).map(({ id }) => id);

const anyCase = fc
  .record({ level: fc.constantFrom(...RISK_LEVELS), minutes: fc.nat(2000), n: fc.nat(1e6) })
  .map(({ level, minutes, n }) => at(level, minutes, `case-${n}`));

describe("the order of the queue", () => {
  it("puts the worse case first when both came at about the same time, then who waited longer", () => {
    const cases = [at("none", 0), at("urgent", 5), at("concern", 1), at("emergency", 9), at("urgent", 3)];
    expect(inOrder(...cases)).toEqual(["emergency-9", "urgent-3", "urgent-5", "concern-1", "none-0"]);
  });

  it.each([
    { before: "none", fresh: "concern", after: 31 },
    { before: "concern", fresh: "urgent", after: 151 },
    { before: "none", fresh: "urgent", after: 181 },
  ] as const)("lets $before go before $fresh that comes $after minutes later, not sooner", (each) => {
    const { before, fresh, after } = each;
    expect(inOrder(at(before, 0), at(fresh, after))[0]).toBe(`${before}-0`);
    expect(inOrder(at(before, 0), at(fresh, after - 2))[0]).toBe(`${fresh}-${after - 2}`);
  });

  it("lets nothing go before an emergency, however long it has waited", () => {
    fc.assert(
      fc.property(anyCase, fc.nat(1e6), (other, minutes) => {
        fc.pre(other.risk.level !== "emergency");
        expect(compareHandoffs(at("emergency", minutes), other)).toBeLessThan(0);
      }),
    );
  });

  it("lets nobody starve: whoever comes more than three hours later goes before only as an emergency", () => {
    fc.assert(
      fc.property(anyCase, anyCase, (early, late) => {
        fc.pre(late.requestedAt - early.requestedAt > HEAD_START_MS.urgent);
        if (late.risk.level !== "emergency") expect(compareHandoffs(early, late)).toBeLessThan(0);
      }),
    );
  });

  it("is an order: the same for every shuffle, and a worse level never moves a case back", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyCase, { selector: ({ id }) => id, minLength: 2 }),
        fc.nat(),
        (cases, seed) => {
          const turned = [
            ...cases.slice(seed % cases.length),
            ...cases.slice(0, seed % cases.length),
          ].reverse();
          const order = inOrder(...cases);
          expect(inOrder(...turned)).toEqual(order);
          const [first, ...rest] = cases as [Handoff, ...Handoff[]];
          for (const level of RISK_LEVELS.slice(RISK_LEVELS.indexOf(first.risk.level))) {
            const place = inOrder({ ...first, risk: aRisk(level) }, ...rest).indexOf(first.id);
            expect(place).toBeLessThanOrEqual(order.indexOf(first.id));
          }
        },
      ),
    );
  });
});
