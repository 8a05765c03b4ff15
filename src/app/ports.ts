import type { Conversation } from "../domain/conversation/conversation.ts";
import type {
  CardLink,
  ChannelName,
  InboundMessage,
  Speech,
  TranscriptEntry,
} from "../domain/conversation/message.ts";
import type { AuditEvent, Outcome } from "../domain/conversation/outcome.ts";
import type { Handoff } from "../domain/handoff/handoff.ts";
import type { FlowBook } from "../domain/dialogue/flow-book.ts";
import type { ConversationId, CounsellorId, HandoffId } from "../domain/kernel/ids.ts";
import type { Account } from "../domain/team/account.ts";
import type { SignIn } from "../domain/team/sign-in.ts";
import type { ReturnTicket } from "../domain/return-code/return-ticket.ts";
import type { Utterance } from "../domain/text/utterance.ts";
import type { RiskEvidence } from "../domain/triage/assessment.ts";
import type { Understanding } from "../domain/understanding/understanding.ts";

/** Everything the application needs from outside, in our own words. Adapters implement it. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Ids {
  /** Unguessable, URL-safe, at least 128 bits. */
  next(): string;
}

/** Stops taking new work and resolves when what was under way has ended. */
export interface Stopper {
  stop(): Promise<void>;
}

// ── Understanding ────────────────────────────────────────────────────────────────────────────────

export interface Nlu {
  /** Never throws and keeps no text. Synchronous: it runs inside a turn. */
  understand(utterance: Utterance): Understanding;
  /** What the risk model sees, or null when it cannot say (then rules alone decide and a person is offered). */
  weighRisk(utterance: Utterance): RiskEvidence | null;
}

// ── Storage ──────────────────────────────────────────────────────────────────────────────────────

export interface Inbox {
  /**
   * Durable once resolved. The same (conversation, channel message id) is taken once for
   * `DEDUPE_WINDOW_MS`, whether it is still waiting or already answered.
   */
  enqueue(message: InboundMessage): Promise<"new" | "duplicate" | "full">;
  /**
   * Hands over waiting messages: in order and one at a time within a conversation, in parallel across
   * conversations, those left by a crash first. A message leaves the inbox only through `commit` (or
   * `drop`); if `take` rejects, it is handed over again after a pause. If `take` answers "not yet", nothing behind it in
   * the conversation is taken before it, and it holds up no other conversation meanwhile.
   */
  consume(take: (message: InboundMessage, line: WaitingLine) => Promise<NotYet | void>): Stopper;
  /** Removes a message that can never be taken (counted and audited by the caller). */
  drop(message: InboundMessage): Promise<void>;
}

/** What waits behind the message that is being taken. */
export interface WaitingLine {
  /** The next message of the same conversation, durably in the inbox; null when none is known here. */
  next(): InboundMessage | null;
}

/** The message stays where it is and is handed over again. */
export interface NotYet {
  readonly afterMs: number;
}

export type CommitResult = "committed" | "stale" | "duplicate";

/** What caused an outcome: a message from the inbox (removed in the same write), or an act with its own id. */
export type Cause =
  | { readonly kind: "inbound"; readonly message: InboundMessage }
  | { readonly kind: "act"; readonly actId: string };

export interface Conversations {
  load(id: ConversationId): Promise<Conversation | null>;
  /**
   * State, transcript, outbox, handoff, audit and the cause's id land in one durable write or not at all.
   * `outcome.conversation.revision` must be the stored revision plus one (0 stored when unknown), else `stale`.
   * An act id or channel message id already committed for this conversation answers `duplicate`.
   */
  commit(outcome: Outcome, cause: Cause): Promise<CommitResult>;
  /** Entries with `seq > after`, in order, at most `limit`. */
  transcript(
    id: ConversationId,
    range: { readonly after: number; readonly limit: number },
  ): Promise<TranscriptEntry[]>;
  /** Removes state, transcript, outbox rows, handoffs and waiting messages of the conversation. */
  erase(id: ConversationId): Promise<void>;
  /** Removes conversations whose last turn is older than `before`; returns how many. */
  expire(before: number): Promise<number>;
}

export interface OutboundMessage {
  /** Stable over retries; a channel that can deduplicate uses it. */
  readonly id: string;
  readonly conversationId: ConversationId;
  readonly channel: ChannelName;
  readonly address: string | null;
  readonly entry: TranscriptEntry & { readonly speech: Speech };
}

export type SendResult =
  | { readonly kind: "sent" }
  /** Try again, not before `retryAfterMs`. */
  | { readonly kind: "later"; readonly retryAfterMs: number; readonly because?: "token" }
  /** Will never work (blocked by the person, refused by the channel). Goes to the dead letters. */
  | {
      readonly kind: "refused";
      readonly code: string;
      /** It is the person's own will (they blocked us): nobody has to be alarmed. */
      readonly isBlocked?: true;
    };

export interface Outbox {
  /** Delivers per conversation in order, across conversations in parallel; at least once; rows survive crashes. */
  drain(send: (message: OutboundMessage) => Promise<SendResult>): Stopper;
  counts(): Promise<{ readonly waiting: number; readonly dead: number; readonly oldestAt: number | null }>;
}

/** Stored state that could not be read: kept aside where that is possible, and never the end of a process. */
export interface Damage {
  readonly kind: "conversation" | "handoff" | "entry" | "message" | "account";
  /** Of the conversation, the case or the account. */
  readonly id: string;
}
export type OnDamage = (damage: Damage) => void;

export interface Handoffs {
  get(id: HandoffId): Promise<Handoff | null>;
  /** Cases waiting or live, in queue order (`compareHandoffs`). */
  open(): Promise<Handoff[]>;
  /** All cases requested from `from` until before `until` that can be read. Walks over every case: for reports only. */
  requested(from: number, until: number): Promise<Handoff[]>;
  /** Lists again each case that is waiting or live and yet missing from `open`; answers which they were. */
  relist(): Promise<HandoffId[]>;
}

export interface Accounts {
  byName(name: string): Promise<Account | null>;
  byId(id: CounsellorId): Promise<Account | null>;
  count(): Promise<number>;
  /** Everybody of the house, by name. An account that cannot be read is left out. */
  all(): Promise<Account[]>;
  /** False when the name is taken. */
  create(account: Account): Promise<boolean>;
  /**
   * Puts what `change` makes of the account in its place, if nobody else changed it meanwhile; else `change` is asked
   * again. Null when there is no such account or `change` answers null; then nothing was written.
   */
  update(id: CounsellorId, change: (account: Account) => Account | null): Promise<Account | null>;
}

/** Console sign-ins and one-time links, by the SHA-256 of their token: a stolen data folder holds no usable one. */
export interface Tokens {
  put(hash: string, value: SignIn): Promise<void>;
  get(hash: string): Promise<SignIn | null>;
  remove(hash: string): Promise<void>;
}

export interface AuditLog {
  append(events: readonly AuditEvent[]): Promise<void>;
  recent(limit: number): Promise<AuditEvent[]>;
  /** All events of `from <= at < until`, oldest first. One that cannot be opened rejects. */
  between(from: number, until: number): Promise<AuditEvent[]>;
}

/** Small things that a channel must not forget over a restart (a rotated token pair). Sealed like every row; by name. */
export interface Settings {
  /** Undefined when nothing was put. What comes back is outside data: read it with a schema. */
  get(name: string): Promise<unknown>;
  /** Durable once resolved. */
  put(name: string, value: unknown): Promise<void>;
}

/** Codes of words by which a person finds their conversation again. They go with the conversation. */
export interface ReturnCodes {
  /** Durable once resolved. Replaces the ticket that the conversation had. */
  keep(ticket: ReturnTicket): Promise<void>;
  /** Null when there is none, when a newer one took its place, and after its time. */
  find(lookup: string): Promise<ReturnTicket | null>;
  forget(id: ConversationId): Promise<void>;
}

/** Work that only one process may do at a time (asking Telegram, renewing a token). Not durable: it only keeps others away. */
export interface Leases {
  /** True when `holder` has the lease now, for `forMs` from now; asked again by its holder it is prolonged. */
  take(name: string, holder: string, forMs: number): Promise<boolean>;
  giveBack(name: string, holder: string): Promise<void>;
}

/** Limits of a vendor that all our processes share. */
export interface Paces {
  /**
   * Reserves the next place in a line whose places are `gapMs` apart; answers how long to wait for it. Up to `burst`
   * places come at once after a rest.
   */
  reserve(name: string, gapMs: number, burst: number): Promise<number>;
  /** Nobody's turn comes before `forMs` from now. */
  hold(name: string, forMs: number): Promise<void>;
  /** How long until a hold ends; 0 without one. */
  heldFor(name: string): Promise<number>;
}

/** Small things that are of use for a while and then go by themselves. Sealed like every row; not moved by an export. */
export interface Shelf {
  /** Undefined when nothing was put, or its time is over. What comes back is outside data: read it with a schema. */
  get(name: string): Promise<unknown>;
  /** Durable once resolved; gone after `keepMs`. */
  put(name: string, value: unknown, keepMs: number): Promise<void>;
}

export interface Store extends Inbox, Conversations {
  readonly outbox: Outbox;
  readonly handoffs: Handoffs;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly audit: AuditLog;
  readonly settings: Settings;
  readonly returnCodes: ReturnCodes;
  readonly shelf: Shelf;
  readonly leases: Leases;
  readonly paces: Paces;
  /** Rejects when the store cannot be read and written now. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

// ── Live events ──────────────────────────────────────────────────────────────────────────────────

/** Wake-ups only: a lost event loses nothing, since every reader resyncs from the store by number. */
export type LiveEvent =
  | { readonly kind: "transcript"; readonly conversationId: ConversationId; readonly lastSeq: number }
  | { readonly kind: "queue" }
  | { readonly kind: "person-typing" | "counsellor-typing"; readonly conversationId: ConversationId }
  /** The counsellor's page shows everything up to this number. Said again now and then: it is stored nowhere. */
  | { readonly kind: "counsellor-seen"; readonly conversationId: ConversationId; readonly seq: number };

export interface EventBus {
  publish(event: LiveEvent): void;
  subscribe(listener: (event: LiveEvent) => void): () => void;
}

// ── Channels ─────────────────────────────────────────────────────────────────────────────────────

export interface ChannelDriver {
  readonly name: ChannelName;
  /** Never throws for what the channel answers: it says which kind of answer it was. */
  send(message: OutboundMessage): Promise<SendResult>;
}

// ── Telemetry ────────────────────────────────────────────────────────────────────────────────────

/** Takes ids, codes and numbers. What a person wrote has no field to go into. */
export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields & { readonly cause?: unknown }): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

export interface Metrics {
  count(name: CounterName, labels?: Readonly<Record<string, string>>): void;
  observe(name: HistogramName, seconds: number): void;
  gauge(name: GaugeName, value: number): void;
}
export type CounterName =
  | "messages_taken_total"
  | "turns_total"
  | "turns_failed_total"
  | "inbound_duplicates_total"
  | "inbound_refused_total"
  | "handoffs_requested_total"
  | "stored_damaged_total"
  | "outbound_total"
  | "nlu_failures_total"
  | "messages_by_risk_total"
  | "messages_understood_total"
  | "handoffs_lapsed_total"
  | "cases_mended_total"
  | "alarms_total";
export type HistogramName = "turn_seconds" | "understand_seconds" | "handoff_wait_seconds";
export type GaugeName =
  | "handoffs_waiting"
  | "handoffs_waiting_emergency"
  | "handoffs_oldest_wait_seconds"
  | "handoffs_live"
  | "escalations_unacknowledged"
  | "drill_unheard"
  | "outbox_waiting"
  | "outbox_oldest_seconds"
  | "channel_incidents"
  | "outbox_dead"
  | "sockets_open"
  | "store_up"
  | "last_purge_timestamp_seconds"
  | "last_purge_proof_timestamp_seconds";

/** The content that is answered from now; edited content takes its place while the server runs. */
export interface ContentSource {
  current(): FlowBook;
}

/** Draws cards as pictures for channels that show pictures. */
export interface CardPictures {
  /** PNG bytes, and a key that changes with the words on it; null for a card whose content is gone. Never rejects. */
  draw(card: CardLink): Promise<{ readonly key: string; readonly png: Uint8Array } | null>;
}
