import { composeFallback } from "../dialogue/compose-reply.ts";
import type { FlowBook } from "../dialogue/flow-book.ts";
import { openCase } from "../handoff/change-case.ts";
import type { HandoffId } from "../kernel/ids.ts";
import { isAtLeast } from "../taxonomy/risk.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import { raiseRisk } from "../triage/raise-risk.ts";
import { remember } from "../triage/together.ts";
import type { Conversation } from "./conversation.ts";
import type { InboundMessage, TranscriptEntry } from "./message.ts";
import type { Outcome } from "./outcome.ts";

export interface FailedTurn {
  readonly message: InboundMessage;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the rules alone made of the text, when they could still read it. */
  readonly assessment: RiskAssessment | null;
  readonly newHandoffId: HandoffId;
}

/**
 * The outcome when a turn itself failed: the message is kept, the person gets 111 and a way to a counsellor,
 * and if the rules saw danger the case is opened all the same.
 */
export function concludeFailedTurn(before: Conversation, failed: FailedTurn, book: FlowBook): Outcome {
  const { message, now, assessment } = failed;
  const raised = {
    ...before,
    ...(before.address === undefined && message.address !== undefined ? { address: message.address } : {}),
    risk: assessment === null ? before.risk : raiseRisk(before.risk, assessment),
    recent:
      message.content.kind === "text" ? remember(before.recent, message.content.text, now) : before.recent,
  };
  const isDangerous = assessment !== null && isAtLeast(assessment.level, "urgent");
  const opened = isDangerous && before.mode.kind === "bot" ? openCase(raised, failed, "risk") : null;
  const after = opened === null ? raised : { ...raised, mode: opened.mode };

  const heardSeq = before.lastSeq + 1;
  const { channelMessageId, content, receivedAt } = message;
  const entries: TranscriptEntry[] = [
    { seq: heardSeq, at: receivedAt, from: "person", said: content, channelMessageId },
  ];
  // While a counsellor is live the bot stays silent, also when it stumbles: they see the message itself.
  const speech = before.mode.kind === "live" ? null : composeFallback(book, after);
  if (speech !== null) entries.push({ seq: heardSeq + 1, at: now, from: "bot", speech });
  return {
    conversation: {
      ...after,
      revision: before.revision + 1,
      lastSeq: heardSeq + entries.length - 1,
      lastTurnAt: now,
      openButtons: speech?.buttons ?? before.openButtons,
    },
    entries,
    handoff: opened?.handoff ?? null,
    audit:
      opened === null
        ? []
        : [
            {
              at: now,
              act: "handoff-requested",
              by: "bot",
              conversationId: before.id,
              detail: "failed-turn",
            },
          ],
    erase: false,
  };
}
