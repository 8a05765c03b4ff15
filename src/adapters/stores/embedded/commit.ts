import type { Cause, CommitResult } from "../../../app/ports.ts";
import type { Conversation } from "../../../domain/conversation/conversation.ts";
import { PULLED_CHANNELS, type TranscriptEntry } from "../../../domain/conversation/message.ts";
import type { Outcome } from "../../../domain/conversation/outcome.ts";
import type { Writer } from "./key-value.ts";
import { keys, under } from "./keys.ts";
import { outlineOf } from "./read-state.ts";
import { removeTicket } from "./return-codes.ts";

/** How long a message or act id is remembered. Telegram and Zalo redeliver for hours, a page for days. */
export const DEDUPE_WINDOW_MS = 7 * 24 * 3600 * 1000;

/** What the inbox remembers of a message id: its place while it waits, null once it is answered. */
export interface Seen {
  readonly place: number | null;
}

/** The one write of a turn: state, transcript, outbox, case, audit and the cause's id, guarded by revision. */
export function commitOutcome(
  writer: Writer,
  outcome: Outcome,
  cause: Cause & { now: number; serial: () => number },
): CommitResult {
  const { conversation } = outcome;
  const { id } = conversation;
  const causeId = cause.kind === "inbound" ? cause.message.channelMessageId : cause.actId;
  const seenKey = keys.seen(id, causeId);
  const seen = writer.get(seenKey) as Seen | undefined;
  if (seen !== undefined && seen.place === null) return "duplicate";
  const stored = outlineOf(writer, id);
  if (conversation.revision !== stored.revision + 1) return "stale";

  if (outcome.erase) eraseRows(writer, id, { keepSeen: true });
  writer.remove(keys.lastTurn(stored.lastTurnAt, id));
  writer.put(keys.conversation(id), conversation);
  writer.put(keys.lastTurn(conversation.lastTurnAt, id), 1);
  for (const entry of outcome.entries) {
    writer.put(keys.entry(id, entry.seq), entry);
    if (needsDelivery(conversation, entry)) writer.put(keys.outbox(id, entry.seq), 1);
  }
  if (outcome.handoff !== null && !outcome.erase) {
    writer.put(keys.handoff(outcome.handoff.id), outcome.handoff);
    writer.put(keys.handoffOf(id, outcome.handoff.id), 1);
    const open = outcome.handoff.status === "waiting" || outcome.handoff.status === "live";
    if (open) writer.put(keys.openHandoff(outcome.handoff.id), 1);
    else writer.remove(keys.openHandoff(outcome.handoff.id));
  }
  for (const event of outcome.audit) writer.put(keys.audit(event.at, cause.serial()), event);

  if (seen?.place !== null && seen?.place !== undefined) writer.remove(keys.inbox(seen.place));
  const answered: Seen = { place: null };
  writer.put(seenKey, answered);
  // The inbox noted when to forget a message of its own; an act comes only here.
  if (cause.kind === "act") writer.put(keys.seenUntil(cause.now + DEDUPE_WINDOW_MS, id, causeId), seenKey);
  return "committed";
}

export function needsDelivery(conversation: Conversation, entry: TranscriptEntry): boolean {
  return entry.speech !== undefined && !PULLED_CHANNELS.has(conversation.channel);
}

/** Removes every row that belongs to a conversation. `keepSeen` keeps message ids, so that nothing is answered twice. */
export function eraseRows(writer: Writer, id: string, options: { readonly keepSeen: boolean }): void {
  writer.remove(keys.lastTurn(outlineOf(writer, id).lastTurnAt, id));
  writer.remove(keys.conversation(id));
  removeTicket(writer, id);
  for (const kind of ["entry", "out", "dead", "aside"]) {
    for (const key of writer.keys(...under(`${kind}/${id}`))) writer.remove(key);
  }
  for (const key of writer.keys(...under(`case/${id}`))) {
    const handoffId = key.slice(key.lastIndexOf("/") + 1);
    writer.remove(keys.handoff(handoffId));
    writer.remove(keys.openHandoff(handoffId));
    writer.remove(key);
  }
  if (options.keepSeen) return;
  for (const { key, value } of writer.range(...under(`seen/${id}`))) {
    const { place } = value as Seen;
    if (place !== null) writer.remove(keys.inbox(place));
    writer.remove(key);
  }
}
