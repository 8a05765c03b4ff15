import { type DevMessage, loadDevCorpus } from "../../adapters/content/load-dev-corpus.ts";
import type { RiskConversation, RiskCorpus } from "../../adapters/content/load-risk-corpus.ts";
import type { Nlu } from "../../app/ports.ts";
import { isAtLeast, type RiskLevel } from "../../domain/taxonomy/risk.ts";
import { normalise } from "../../domain/text/normalise.ts";
import { NO_RISK, type RiskAssessment } from "../../domain/triage/assessment.ts";
import { raiseRisk } from "../../domain/triage/raise-risk.ts";
import { type RecentMessage, framingTexts, readTogether, remember } from "../../domain/triage/together.ts";
import type { ReadText, Triage } from "../../domain/triage/triage.ts";
import type { Understanding } from "../../domain/understanding/understanding.ts";

export interface Judgement {
  readonly understanding: Understanding;
  readonly risk: RiskAssessment;
}

/** What a conversation holds when the next message comes. */
export interface Before {
  readonly held: RiskAssessment;
  readonly recent: readonly RecentMessage[];
}

/** Judges one message as production does. */
export type Judge = (text: string, before?: Before) => Judgement;

const NOTHING: Before = { held: NO_RISK, recent: [] };

/** Without a model it is rules alone, as when the model is missing. */
export function createJudge(triage: Triage, nlu: Nlu | null): Judge {
  const read = (text: string): ReadText => {
    const utterance = normalise(text);
    const understanding = nlu?.understand(utterance) ?? NO_MODEL;
    return { utterance, understanding, evidence: nlu?.weighRisk(utterance) ?? null };
  };
  return (text, { held, recent } = NOTHING) => {
    const alone = read(text);
    const joined = readTogether(recent, text, 0);
    const together = joined === null ? null : read(joined);
    const before = () => framingTexts(recent, 0).map(normalise);
    return { understanding: alone.understanding, risk: triage.assess({ ...alone, together, before, held }) };
  };
}

const NO_MODEL: Understanding = {
  kind: "unclear",
  reason: "nlu-down",
  intent: "out_of_scope",
  confidence: 0,
  alternatives: [],
  locale: "vi",
  audience: "unknown",
};

export interface JudgedMessage extends Judgement {
  readonly message: DevMessage;
}

export function judgeMessages(devDir: string, judge: Judge): JudgedMessage[] {
  return loadDevCorpus(devDir).messages.map((message) => ({ message, ...judge(message.text) }));
}

/** One message whose danger is known, with what was seen of it. */
export interface JudgedRisk {
  readonly text: string;
  readonly level: RiskLevel;
  readonly category: string;
  /** How it is written: clean, unaccented, teencode, regional, english. */
  readonly style: string;
  /** How the danger is told, or why there is none. */
  readonly kind: string;
  readonly seen: RiskAssessment;
}

export interface JudgedConversation {
  readonly conversation: RiskConversation;
  /** The level held after each turn. */
  readonly levels: readonly RiskLevel[];
}

export function judgeRisks(corpus: RiskCorpus, judge: Judge): JudgedRisk[] {
  return corpus.messages.map((message) => ({
    ...message,
    style: message.locale === "en" ? "english" : "vi",
    kind: message.kind ?? "other",
    seen: judge(message.text).risk,
  }));
}

export function judgeConversations(corpus: RiskCorpus, judge: Judge): JudgedConversation[] {
  return corpus.conversations.map((conversation) => {
    let before = NOTHING;
    const levels = conversation.turns.map((turn) => {
      const held = raiseRisk(before.held, judge(turn, before).risk);
      before = { held, recent: remember(before.recent, turn, 0) };
      return held.level;
    });
    return { conversation, levels };
  });
}

/** Whether the level was there by the turn at which it must be; of a harmless one, whether it was left in peace. */
export function holdsUp({ conversation, levels }: JudgedConversation): boolean {
  if ("reach" in conversation)
    return isAtLeast(levels[conversation.reach.turn - 1] ?? "none", conversation.reach.level);
  return levels.every((level) => isAtLeast(conversation["at-most"], level));
}
