import type { Handoff } from "../handoff/handoff.ts";
import type { Conversation } from "./conversation.ts";
import type { TranscriptEntry } from "./message.ts";

/**
 * Everything that one turn, or one act of a counsellor, decided.
 *
 * State, transcript and what is to be delivered land in one write or not at all (ADR 3).
 * Every entry of `entries` not from the person is delivered by the outbox.
 */
export interface Outcome {
  readonly conversation: Conversation;
  readonly entries: readonly TranscriptEntry[];
  /** The case as it stands after this outcome, when it changed. */
  readonly handoff: Handoff | null;
  /** Names what happened and by whom; never what was said. */
  readonly audit: readonly AuditEvent[];
  /** Everything stored before this outcome (transcript, undelivered words, cases) goes in the same write. */
  readonly erase: boolean;
}

export interface AuditEvent {
  readonly at: number;
  readonly act:
    | "risk-raised"
    | "handoff-requested"
    | "handoff-declined"
    | "handoff-claimed"
    | "handoff-released"
    | "handoff-lapsed"
    | "handoff-mended"
    | "handoff-resolved"
    | "handoff-offered"
    | "handoff-offer-refused"
    | "handoff-offer-lapsed"
    | "handoff-transferred"
    | "handoff-assigned"
    | "handoff-put-back"
    | "handoff-abandoned"
    | "transcript-read"
    | "case-noted"
    | "case-whispered"
    | "case-planned"
    | "referral-opened"
    | "improvements-taken"
    | "review-read"
    | "audit-sealed"
    | "drill-heard"
    | "account-created"
    | "account-closed"
    | "account-invited"
    | "account-restored"
    | "password-changed"
    | "second-factor-set"
    | "second-factor-removed"
    | "signed-in"
    | "sign-in-failed"
    | "conversation-erased";
  readonly by: string;
  readonly conversationId: string | null;
  readonly detail: string | null;
}
