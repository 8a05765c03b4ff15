import type { ConversationMode } from "../conversation/conversation.ts";
import type { TranscriptEntry } from "../conversation/message.ts";
import type { Outcome } from "../conversation/outcome.ts";
import type { FlowBook } from "../dialogue/flow-book.ts";
import { speakNotice } from "../dialogue/speak.ts";
import type { Case } from "./conclude-act.ts";
import { type Handoff, isOpen } from "./handoff.ts";

/** Why a case was out of step: nobody owned it, its conversation knew nothing of it, or knew another one. */
export type Stray = "unowned" | "unknown-to-talk" | "second-case";

export interface Alignment {
  readonly stray: Stray;
  readonly outcome: Outcome;
}

/**
 * What has to change so that an open case and its conversation say the same again; null when they do.
 *
 * Commits write both at once, so this finds only what a fault or a hand has broken. The case is believed, for it is
 * what counsellors see: a person in it must not be answered by a bot that thinks nobody is there, nor by nobody.
 *
 * `known`: the case that the conversation says it is in, when it is another than this one.
 */
export function alignCase(
  book: FlowBook,
  subject: Case & { readonly known: Handoff | null },
  now: number,
): Alignment | null {
  const { conversation, handoff, known } = subject;
  if (!isOpen(handoff)) return null;
  // One person, one case: two open ones could have two owners.
  if (known !== null && known.id !== handoff.id && isOpen(known)) {
    const ended: Handoff = { ...handoff, status: "abandoned", endedAt: now, transfer: null };
    return { stray: "second-case", outcome: conclude(subject, { now, handoff: ended }) };
  }
  const owned: Handoff =
    handoff.status === "live" && handoff.counsellorId === null
      ? { ...handoff, status: "waiting", claimedAt: null, transfer: null }
      : handoff;
  const mode = modeOf(owned);
  const isInStep = isSameMode(conversation.mode, mode);
  if (owned === handoff && isInStep) return null;
  // Who thought that a counsellor was there is told that the bot is back.
  const wasLeft = mode.kind === "waiting" && conversation.mode.kind === "live";
  const entries: TranscriptEntry[] = wasLeft
    ? [
        {
          seq: conversation.lastSeq + 1,
          at: now,
          from: "bot",
          speech: speakNotice(book, "handoff_lapsed", conversation),
        },
      ]
    : [];
  return {
    stray: owned === handoff ? "unknown-to-talk" : "unowned",
    outcome: conclude(subject, { now, handoff: owned, mode, entries }),
  };
}

function modeOf({ id, status, counsellorId }: Handoff): ConversationMode {
  return status === "live" && counsellorId !== null
    ? { kind: "live", handoffId: id, counsellorId }
    : { kind: "waiting", handoffId: id };
}

function isSameMode(a: ConversationMode, b: ConversationMode): boolean {
  if (a.kind === "live")
    return b.kind === "live" && a.handoffId === b.handoffId && a.counsellorId === b.counsellorId;
  return a.kind === "waiting" && b.kind === "waiting" && a.handoffId === b.handoffId;
}

interface Mended {
  readonly now: number;
  readonly handoff: Handoff;
  readonly mode?: ConversationMode;
  readonly entries?: readonly TranscriptEntry[];
}

function conclude({ conversation }: Case, { now, handoff, mode, entries = [] }: Mended): Outcome {
  return {
    conversation: {
      ...conversation,
      mode: mode ?? conversation.mode,
      revision: conversation.revision + 1,
      lastSeq: entries.at(-1)?.seq ?? conversation.lastSeq,
    },
    entries,
    handoff,
    audit: [
      { at: now, act: "handoff-mended", by: "bot", conversationId: conversation.id, detail: handoff.status },
    ],
    erase: false,
  };
}
