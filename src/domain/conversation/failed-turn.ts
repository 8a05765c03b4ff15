import { composeFallback } from "../dialogue/compose-reply.ts";
import type { FlowBook } from "../dialogue/flow-book.ts";
import { raiseRisk } from "../triage/raise-risk.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import type { Conversation } from "./conversation.ts";
import type { InboundMessage } from "./message.ts";
import type { Outcome } from "./outcome.ts";

export interface FailedTurn {
  readonly message: InboundMessage;
  readonly now: number;
  /** What the rules alone made of the text, when they could still read it. */
  readonly assessment: RiskAssessment | null;
}

/** The outcome when a turn itself failed: the message is kept, the person gets 111 and a way to a counsellor. */
export function concludeFailedTurn(before: Conversation, failed: FailedTurn, book: FlowBook): Outcome {
  const { message, now, assessment } = failed;
  const risk = assessment === null ? before.risk : raiseRisk(before.risk, assessment);
  const heardSeq = before.lastSeq + 1;
  const live = before.mode.kind === "live";
  const speech = composeFallback(book, before);
  return {
    conversation: {
      ...before,
      revision: before.revision + 1,
      lastSeq: live ? heardSeq : heardSeq + 1,
      lastTurnAt: now,
      risk,
      openButtons: live ? before.openButtons : speech.buttons,
    },
    entries: [
      { seq: heardSeq, at: message.receivedAt, from: "person", said: message.content, channelMessageId: message.channelMessageId },
      // While a counsellor is live the bot stays silent, also when it stumbles: they see the message itself.
      ...(live ? [] : [{ seq: heardSeq + 1, at: now, from: "bot" as const, speech }]),
    ],
    handoff: null,
    audit: [],
    erase: false,
  };
}
