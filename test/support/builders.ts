import { type Conversation, openConversation } from "../../src/domain/conversation/conversation.ts";
import type { InboundMessage, TranscriptEntry } from "../../src/domain/conversation/message.ts";
import type { Outcome } from "../../src/domain/conversation/outcome.ts";
import type { Turn } from "../../src/domain/conversation/turn.ts";
import { EMPTY_FILE } from "../../src/domain/handoff/case-file.ts";
import type { Handoff } from "../../src/domain/handoff/handoff.ts";
import { ConversationId, CounsellorId, HandoffId } from "../../src/domain/kernel/ids.ts";
import { NO_RISK, type RiskAssessment } from "../../src/domain/triage/assessment.ts";
import type { RiskCategory, RiskLevel } from "../../src/domain/taxonomy/risk.ts";
import { type Account, openAccount } from "../../src/domain/team/account.ts";
import { UNKNOWN_OUTLOOK } from "../../src/domain/staffing/outlook.ts";
import type { Understanding } from "../../src/domain/understanding/understanding.ts";

/** Builders set only what a test is about; everything else is ordinary. */
export const NOON = Date.UTC(2026, 10, 22, 5, 0, 0);

export const conversationId = (name: string) => ConversationId.parse(name);
export const handoffId = (name: string) => HandoffId.parse(name);
export const counsellorId = (name: string) => CounsellorId.parse(name);

const IN_TEST = conversationId("wtest");
const NEW_CASE = handoffId("case-new");
let counter = 0;

export function aMessage(over: Partial<InboundMessage> = {}): InboundMessage {
  return {
    conversationId: IN_TEST,
    channel: "web",
    channelMessageId: `message-${++counter}`,
    receivedAt: NOON,
    content: { kind: "text", text: "xin chào" },
    ...over,
  };
}

export function said(text: string, over: Partial<InboundMessage> = {}): InboundMessage {
  return aMessage({ content: { kind: "text", text }, ...over });
}

export function tapped(value: string, over: Partial<InboundMessage> = {}): InboundMessage {
  return aMessage({ content: { kind: "choice", value }, ...over });
}

export function aConversation(over: Partial<Conversation> = {}): Conversation {
  return { ...openConversation(aMessage()), revision: 1, lastSeq: 2, ...over };
}

export function aRisk(
  level: RiskLevel,
  category: RiskCategory = level === "none" ? "none" : "violence",
): RiskAssessment {
  if (level === "none") return NO_RISK;
  const reason = { vi: `dấu hiệu ${level}`, en: `a sign of ${level}` };
  return { level, category, signals: [{ id: `test.${level}`, level, category, reason }] };
}

export function anUnderstanding(over: Partial<Understanding> = {}): Understanding {
  const intent = over.intent ?? "greeting";
  return {
    kind: "understood",
    reason: "ok",
    intent,
    confidence: 0.9,
    alternatives: [{ intent, confidence: 0.9 }],
    locale: "vi",
    audience: "unknown",
    ...over,
  };
}

export function aTurn(over: Partial<Turn> = {}): Turn {
  return {
    message: aMessage(),
    understanding: anUnderstanding(),
    assessment: NO_RISK,
    now: NOON + 1000,
    openHandoff: null,
    outlook: UNKNOWN_OUTLOOK,
    newHandoffId: NEW_CASE,
    ...over,
  };
}

export function anAccount(over: Partial<Account> = {}): Account {
  const who = { id: counsellorId("c1"), name: "Lan Anh", role: "counsellor" as const };
  return { ...openAccount({ ...who, passwordHash: "h", createdAt: NOON }), ...over };
}

export function aHandoff(over: Partial<Handoff> = {}): Handoff {
  return {
    schema: 1,
    id: handoffId("case-1"),
    conversationId: IN_TEST,
    channel: "web",
    locale: "vi",
    audience: "teen",
    risk: aRisk("urgent"),
    cause: "risk",
    status: "waiting",
    counsellorId: null,
    requestedAt: NOON,
    claimedAt: null,
    endedAt: null,
    transfer: null,
    firstReplyAt: null,
    file: EMPTY_FILE,
    ending: null,
    ...over,
  };
}

export function anOutcome(conversation: Conversation, over: Partial<Outcome> = {}): Outcome {
  return { conversation, entries: [], handoff: null, audit: [], erase: false, ...over };
}

export function botEntry(seq: number, text: string): TranscriptEntry {
  return {
    seq,
    at: NOON,
    from: "bot",
    speech: { text, points: [], helplines: [], buttons: [], tone: "plain" },
  };
}
