import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { loadDevCorpus } from "../../src/adapters/content/load-dev-corpus.ts";
import { loadRiskCorpus } from "../../src/adapters/content/load-risk-corpus.ts";
import { loadTriage } from "../../src/adapters/content/load-triage.ts";
import { isAtLeast } from "../../src/domain/taxonomy/risk.ts";
import { normalise } from "../../src/domain/text/normalise.ts";
import { NO_RISK, type RiskAssessment } from "../../src/domain/triage/assessment.ts";
import { raiseRisk } from "../../src/domain/triage/raise-risk.ts";

const intents = join(import.meta.dirname, "..", "..", "intents");
const triage = loadTriage(intents);
const corpus = loadRiskCorpus(intents);

function byRules(text: string, held: RiskAssessment = NO_RISK): RiskAssessment {
  return triage.assess({
    utterance: normalise(text),
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
    held,
  });
}

const share = <T>(rows: readonly T[], isHit: (row: T) => boolean) => rows.filter(isHit).length / rows.length;

describe("the risk corpus", () => {
  it("loads without a mistake", () => expect(corpus.problems).toEqual([]));

  it("is large enough, half of it harmless", () => {
    const harmless = corpus.messages.filter(({ level }) => level === "none");
    expect(corpus.messages.length).toBeGreaterThanOrEqual(3_000);
    expect(corpus.conversations.length).toBeGreaterThanOrEqual(150);
    expect(corpus.messages.filter(({ level }) => level === "emergency").length).toBeGreaterThanOrEqual(500);
    expect(harmless.length / corpus.messages.length).toBeGreaterThanOrEqual(0.4);
  });
});

describe("rules alone, the net under the model: figures that may not fall", () => {
  const dev = loadDevCorpus(join(intents, "dev")).messages;

  it("see most emergencies of the dev set", () => {
    const emergencies = dev.filter(({ risk }) => risk === "emergency");
    expect(share(emergencies, ({ text }) => isAtLeast(byRules(text).level, "urgent"))).toBeGreaterThanOrEqual(
      0.75,
    );
  });

  it("see half of what is urgent", () => {
    expect(
      share(
        dev.filter(({ risk }) => risk === "urgent"),
        ({ text }) => byRules(text).level !== "none",
      ),
    ).toBeGreaterThanOrEqual(0.48);
  });

  it("seldom cry wolf", () => {
    const calm = dev.filter(({ risk }) => risk === "none");
    expect(share(calm, ({ text }) => byRules(text).level !== "none")).toBeLessThanOrEqual(0.035);
    expect(
      share(
        corpus.messages.filter(({ level }) => level === "none"),
        ({ text }) => isAtLeast(byRules(text).level, "urgent"),
      ),
    ).toBeLessThanOrEqual(0.025);
  });
});

/** Conversations that must hold without a model; the others measure rules and model together (`npm run gate`). */
const provenByRules = new Set(
  [
    ...readFileSync(join(intents, "risk", "conversations", "by-rules.yaml"), "utf8").matchAll(
      /- \{ id: ([a-z0-9-]+)/g,
    ),
  ].map(([, id]) => id),
);

describe("conversations, by rules alone", () => {
  it("are found", () => expect(provenByRules.size).toBeGreaterThanOrEqual(40));

  it.each(
    corpus.conversations.filter(({ id }) => provenByRules.has(id)).map((each) => [each.id, each] as const),
  )("%s", (_id, conversation) => {
    let held = NO_RISK;
    const levels = conversation.turns.map((turn) => (held = raiseRisk(held, byRules(turn, held))).level);
    if ("reach" in conversation) {
      expect(
        levels
          .slice(conversation.reach.turn - 1)
          .every((level) => isAtLeast(level, conversation.reach.level)),
      ).toBe(true);
    } else {
      expect(levels.every((level) => isAtLeast(conversation["at-most"], level))).toBe(true);
    }
  });
});
