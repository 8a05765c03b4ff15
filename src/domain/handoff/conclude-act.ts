import type { Conversation } from "../conversation/conversation.ts";
import type { TranscriptEntry } from "../conversation/message.ts";
import type { AuditEvent, Outcome } from "../conversation/outcome.ts";
import type { FlowBook, NoticeName } from "../dialogue/flow-book.ts";
import { speakNotice } from "../dialogue/speak.ts";
import type { CounsellorId } from "../kernel/ids.ts";
import type { Handoff } from "./handoff.ts";

export interface Case {
  readonly conversation: Conversation;
  readonly handoff: Handoff;
}

export interface By {
  readonly counsellorId: CounsellorId;
  readonly now: number;
}

export type Refusal =
  | "already-claimed"
  | "not-yours"
  | "gone"
  | "no-offer"
  /** The file of the case has no room for it. */
  | "full";

export type ActResult =
  | { readonly kind: "done"; readonly outcome: Outcome }
  | { readonly kind: "refused"; readonly reason: Refusal };

/** What an act changed. `handoff`: null when the case stays as it is. `act`: null when the audit need not know. */
export interface Change {
  readonly handoff: Handoff | null;
  readonly entries: readonly TranscriptEntry[];
  readonly act: AuditEvent["act"] | null;
  /** Ids and codes only. */
  readonly detail?: string;
}

/** One line of the bot to the person about who is there now. */
export function noticeEntry(
  book: FlowBook,
  conversation: Conversation,
  told: { readonly name: NoticeName; readonly by: By },
): TranscriptEntry {
  const speech = speakNotice(book, told.name, conversation);
  return { seq: conversation.lastSeq + 1, at: told.by.now, from: "bot", speech };
}

/** The outcome of an act: the revision goes up by one, so that of two acts on the same state one is committed. */
export function concludeAct(after: Conversation, by: By, change: Change): Outcome {
  const { act, handoff, entries, detail = null } = change;
  const audit: AuditEvent[] =
    act === null ? [] : [{ at: by.now, act, by: by.counsellorId, conversationId: after.id, detail }];
  const lastSeq = entries.at(-1)?.seq ?? after.lastSeq;
  return {
    conversation: { ...after, revision: after.revision + 1, lastSeq },
    entries,
    handoff,
    audit,
    erase: false,
  };
}
