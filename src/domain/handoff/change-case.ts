import type { Conversation, ConversationMode } from "../conversation/conversation.ts";
import type { Turn } from "../conversation/turn.ts";
import type { FlowAct } from "../dialogue/flow.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import { EMPTY_FILE } from "./case-file.ts";
import type { Handoff } from "./handoff.ts";

/** What a turn does to the case of a conversation, and the mode that follows. */
export type CaseChange =
  | { readonly kind: "none"; readonly handoff: null; readonly mode: ConversationMode }
  | {
      readonly kind: "opened" | "raised" | "ended";
      readonly handoff: Handoff;
      readonly mode: ConversationMode;
    };

export function changeCase(
  conversation: Conversation,
  turn: Turn,
  wish: { readonly acts: readonly FlowAct[]; readonly handoff: boolean },
): CaseChange {
  const { mode } = conversation;
  if (
    wish.acts.includes("erase-everything") ||
    (wish.acts.includes("decline-counsellor") && mode.kind === "waiting")
  ) {
    return endCase(turn, { kind: "bot" });
  }
  const asked = wish.acts.includes("request-counsellor");
  if (mode.kind === "bot" && (asked || wish.handoff))
    return openCase(conversation, turn, asked ? "person" : "risk");
  return raiseCase(conversation, turn);
}

export function openCase(
  conversation: Conversation,
  turn: Pick<Turn, "newHandoffId" | "now">,
  cause: Handoff["cause"],
): Extract<CaseChange, { kind: "opened" | "raised" | "ended" }> {
  const handoff: Handoff = {
    schema: 1,
    id: turn.newHandoffId,
    conversationId: conversation.id,
    channel: conversation.channel,
    locale: conversation.locale,
    audience: conversation.audience,
    risk: conversation.risk,
    cause,
    status: "waiting",
    counsellorId: null,
    requestedAt: turn.now,
    claimedAt: null,
    endedAt: null,
    transfer: null,
    firstReplyAt: null,
    file: EMPTY_FILE,
    ending: null,
  };
  return { kind: "opened", handoff, mode: { kind: "waiting", handoffId: handoff.id } };
}

/** Keeps the open case in step with what the newest message told: the queue moves it up at once. */
export function raiseCase(conversation: Conversation, turn: Turn): CaseChange {
  const open = turn.openHandoff;
  const { mode, risk, locale, audience } = conversation;
  if (open === null || mode.kind === "bot" || mode.kind === "closed")
    return { kind: "none", handoff: null, mode };
  if (isSameRisk(open.risk, risk) && open.locale === locale && open.audience === audience) {
    return { kind: "none", handoff: null, mode };
  }
  return { kind: "raised", handoff: { ...open, risk, locale, audience }, mode };
}

function isSameRisk(a: RiskAssessment, b: RiskAssessment): boolean {
  const reasons = (risk: RiskAssessment) => risk.signals.map((signal) => signal.id).join(" ");
  return a.level === b.level && a.category === b.category && reasons(a) === reasons(b);
}

function endCase(turn: Turn, mode: ConversationMode): CaseChange {
  const open = turn.openHandoff;
  if (open === null) return { kind: "none", handoff: null, mode };
  return {
    kind: "ended",
    handoff: { ...open, status: "abandoned", endedAt: turn.now, transfer: null },
    mode,
  };
}
