import { advance, type Arrival } from "../dialogue/advance.ts";
import { decide, type Decision } from "../dialogue/decide.ts";
import type { FlowAct } from "../dialogue/flow.ts";
import type { FlowBook } from "../dialogue/flow-book.ts";
import { respondToRisk } from "../handoff/response-policy.ts";
import { composeReply, isOffered } from "../dialogue/compose-reply.ts";
import { walkAfter } from "../dialogue/walk-after.ts";
import { type CaseChange, changeCase, raiseCase } from "../handoff/change-case.ts";
import { isOpen } from "../handoff/handoff.ts";
import { applyAct } from "./apply-act.ts";
import type { Conversation } from "./conversation.ts";
import { hear } from "./hear.ts";
import type { InboundContent, Speech, TranscriptEntry } from "./message.ts";
import type { AuditEvent, Outcome } from "./outcome.ts";
import type { Turn } from "./turn.ts";

/**
 * Decides everything about one inbound message: pure, so that it can be replayed and tried in tables.
 *
 * Risk is weighed in every mode. While a counsellor is live the bot says nothing; the message reaches
 * the counsellor through the transcript.
 */
export function takeTurn(before: Conversation, turn: Turn, book: FlowBook): Outcome {
  const isLost = hasLostCase(before, turn);
  const heard = hear(isLost ? { ...before, mode: { kind: "bot" } } : before, turn);
  if (heard.mode.kind === "live") {
    return conclude(
      { before, after: heard, turn },
      { speeches: [], change: raiseCase(heard, turn), erase: false },
    );
  }
  const toRisk = respondToRisk(heard, turn.assessment.level);
  const decision = decide(book, heard, turn);
  const { conversation: acted, arrival, acts } = follow(book, heard, { decision, turn });
  const response = {
    ...toRisk,
    showHelpline: toRisk.showHelpline || before.isMended === true,
    handoff: toRisk.handoff || (isLost && !acts.includes("decline-counsellor")),
  };
  const change = changeCase(acted, turn, { acts, handoff: response.handoff });
  const { isMended: _shownNow, ...known } = acted;
  const after: Conversation = {
    ...known,
    mode: change.mode,
    cursor: cursorAfter(acted, arrival),
    walk: walkAfter(book, { before: acted, decision, arrival }),
  };
  const speeches = composeReply(book, after, {
    decision,
    arrival,
    acts,
    response,
    change,
    // What was heard and not yet answered has not been introduced to anybody.
    isFirst: before.lastSeq === before.unanswered,
    now: turn.now,
    outlook: turn.outlook,
  });
  const isCounsellorOffered = isOffered(acts, response);
  return conclude(
    { before, after: { ...after, isCounsellorOffered }, turn },
    { speeches, change, erase: acts.includes("erase-everything") },
  );
}

/** True when the person was promised a counsellor and the case for it is gone: they get a new one, unasked. */
function hasLostCase({ mode }: Conversation, { openHandoff }: Turn): boolean {
  if (mode.kind !== "waiting" && mode.kind !== "live") return false;
  return openHandoff === null || !isOpen(openHandoff);
}

interface Followed {
  readonly conversation: Conversation;
  readonly arrival: Arrival | null;
  readonly acts: readonly FlowAct[];
}

/** Carries out a decision: walks the flow and applies the acts on the way. */
function follow(book: FlowBook, heard: Conversation, step: { decision: Decision; turn: Turn }): Followed {
  const { decision, turn } = step;
  const arrival =
    decision.kind === "go"
      ? advance(book, decision.to, {
          ...heard,
          slots: heard.walk.slots,
          returns: returnsFor(book, heard, decision.to.flow),
          now: turn.now,
        })
      : null;
  const acts = decision.kind === "act" ? [decision.act] : (arrival?.acts ?? []);
  const conversation = acts.reduce((sofar, act) => applyAct(sofar, act, turn), heard);
  return { conversation, arrival, acts };
}

/** Who opens another guide by themself is no longer inside the one that called: its end must not throw them back there. */
function returnsFor(
  book: FlowBook,
  { cursor, walk }: Conversation,
  to: string,
): Conversation["walk"]["returns"] {
  const isAnother = cursor?.flow !== to && book.flows.get(to)?.guide !== undefined;
  return isAnother && walk.paused?.flow !== to ? [] : walk.returns;
}

function cursorAfter(conversation: Conversation, arrival: Arrival | null): Conversation["cursor"] {
  const at = arrival?.at ?? null;
  return at === null ? conversation.cursor : { flow: at.flow, step: at.name };
}

interface Talk {
  readonly before: Conversation;
  readonly after: Conversation;
  readonly turn: Turn;
}

interface Said {
  readonly speeches: readonly Speech[];
  readonly change: CaseChange;
  readonly erase: boolean;
}

function conclude(talk: Talk, said: Said): Outcome {
  const { before, after, turn } = talk;
  const { message, now } = turn;
  let seq = before.lastSeq;
  const heard: TranscriptEntry = {
    seq: ++seq,
    at: message.receivedAt,
    from: "person",
    said: message.content,
    channelMessageId: message.channelMessageId,
    ...labelTapped(before, message.content),
  };
  const spoken = said.speeches.map(
    (speech): TranscriptEntry => ({ seq: ++seq, at: now, from: "bot", speech }),
  );
  const conversation: Conversation = {
    ...after,
    revision: before.revision + 1,
    lastSeq: seq,
    unanswered: 0,
    openButtons: spoken.length > 0 ? said.speeches.flatMap((speech) => speech.buttons) : before.openButtons,
  };
  return {
    conversation,
    // After "delete everything" not even the words that asked for it stay.
    entries: said.erase ? spoken : [heard, ...spoken],
    handoff: said.change.handoff,
    audit: auditOf(talk, said),
    erase: said.erase,
  };
}

/** The same step may stand behind different words: the counsellor reads those that were tapped. */
function labelTapped(before: Conversation, content: InboundContent): { label?: string } {
  if (content.kind !== "choice") return {};
  const label = before.openButtons.find((button) => button.value === content.value)?.label;
  return label === undefined ? {} : { label };
}

function auditOf({ before, after, turn }: Talk, { change, erase }: Said): AuditEvent[] {
  const about = { at: turn.now, by: "bot", conversationId: after.id };
  const events: AuditEvent[] = [];
  if (erase) events.push({ ...about, act: "conversation-erased", detail: null });
  else if (after.risk.level !== before.risk.level)
    events.push({ ...about, act: "risk-raised", detail: after.risk.level });
  if (change.kind === "opened")
    events.push({ ...about, act: "handoff-requested", detail: change.handoff.cause });
  if (change.kind === "ended") events.push({ ...about, act: "handoff-abandoned", detail: null });
  if (after.declinedAt !== before.declinedAt && !erase) {
    events.push({ ...about, act: "handoff-declined", detail: after.declinedAt });
  }
  return events;
}
