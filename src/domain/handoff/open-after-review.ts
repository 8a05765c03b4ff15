import type { Conversation } from "../conversation/conversation.ts";
import type { Outcome } from "../conversation/outcome.ts";
import { composeQueued } from "../dialogue/compose-reply.ts";
import type { FlowBook } from "../dialogue/flow-book.ts";
import type { HandoffId } from "../kernel/ids.ts";
import type { RiskLevel } from "../taxonomy/risk.ts";
import { raiseRisk } from "../triage/raise-risk.ts";
import { openCase } from "./change-case.ts";
import type { Handoff } from "./handoff.ts";
import { type By, concludeAct } from "./conclude-act.ts";

const SIGNAL = "review.";
const REASON = {
  vi: "Người đọc lại thấy nguy hiểm mà máy đã bỏ sót.",
  en: "A reader of this talk saw danger that the bot had missed.",
};

/** True for a case that a reader opened, not triage and not the person. */
export function isOpenedByReview({ risk }: Pick<Handoff, "risk">): boolean {
  return risk.signals.some(({ id }) => id.startsWith(SIGNAL));
}

/** Puts a person into the queue in whose talk a reader saw danger; null when somebody looks after them already. */
export function openAfterReview(
  book: FlowBook,
  conversation: Conversation,
  {
    level,
    newHandoffId,
    by,
  }: { readonly level: RiskLevel; readonly newHandoffId: HandoffId; readonly by: By },
): Outcome | null {
  if (conversation.mode.kind !== "bot") return null;
  const { category } = conversation.risk;
  const signal = { id: `${SIGNAL}${level}`, level, category, reason: REASON };
  const raised = {
    ...conversation,
    risk: raiseRisk(conversation.risk, { level, category, signals: [signal] }),
  };
  const { handoff, mode } = openCase(raised, { newHandoffId, now: by.now }, "risk");
  const waiting = { ...raised, mode };
  const speech = composeQueued(book, waiting);
  return concludeAct({ ...waiting, openButtons: speech.buttons }, by, {
    handoff,
    entries: [{ seq: conversation.lastSeq + 1, at: by.now, from: "bot", speech }],
    act: "handoff-requested",
    detail: "review",
  });
}
