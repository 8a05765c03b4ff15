import type { Cause, Clock, OnDamage, OutboundMessage, SendResult, Store } from "../../../app/ports.ts";
import { z } from "zod";
import { AppError } from "../../../app/errors.ts";
import { ChannelName, InboundMessage } from "../../../domain/conversation/message.ts";
import { parseKeepingUnknown } from "../../../domain/stored/parse-keeping-unknown.ts";
import { readEntry } from "../../../domain/stored/read-entry.ts";
import { createStateReader, outlineOf, rawAt } from "./read-state.ts";
import type { Outcome } from "../../../domain/conversation/outcome.ts";
import { ConversationId } from "../../../domain/kernel/ids.ts";
import { createDirectory } from "./directory.ts";
import { commitOutcome, DEDUPE_WINDOW_MS, eraseRows, needsDelivery, type Seen } from "./commit.ts";
import type { KeyValue, Writer } from "./key-value.ts";
import { createLocalLeases, createLocalPaces } from "./local-leases.ts";
import { keys, under } from "./keys.ts";
import { createReturnCodes } from "./return-codes.ts";
import { clearShelf, createShelf } from "./shelf.ts";
import { type Again, createSerialLanes, type SerialLanes } from "./serial-lanes.ts";

export interface EmbeddedStoreOptions {
  readonly clock: Clock;
  /** Messages that may wait before new ones are refused with "full". */
  readonly inboxLimit?: number;
  readonly parallel?: number;
  readonly onDamage?: OnDamage;
}

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 10_000;
const retryAfter = (attempt: number) => Math.min(RETRY_FIRST_MS * 2 ** attempt, RETRY_MAX_MS);

/** All that a delivery needs of a conversation: it must reach the person whatever else of it is damaged. */
const WhereTo = z.looseObject({ channel: ChannelName, address: z.string().optional() });

interface OutboxRow {
  readonly id: ConversationId;
  readonly seq: number;
}

/** The store of one machine: every port over one ordered key-value engine (LMDB, or memory for tests). */
export function createEmbeddedStore(db: KeyValue, options: EmbeddedStoreOptions): Store {
  const { clock, inboxLimit = 20_000, parallel = 64, onDamage = () => {} } = options;
  const state = createStateReader(db, { now: () => clock.now(), onDamage });
  /** What is being taken now, by the key under which the inbox knows it. */
  const taking = new Set<string>();
  let inboxLanes: SerialLanes<InboundMessage> | null = null;
  let outboxLanes: SerialLanes<OutboxRow> | null = null;
  let waiting = db.keys(...under("in")).length;
  let place = lastPlace(db);
  let serial = 0;

  /** Taken from the inbox and no longer known to it: the person took everything back meanwhile. */
  function isTakenBack(writer: Writer, cause: Cause): boolean {
    if (cause.kind !== "inbound") return false;
    const { conversationId, channelMessageId } = cause.message;
    const seenKey = keys.seen(conversationId, channelMessageId);
    return taking.has(seenKey) && writer.get(seenKey) === undefined;
  }

  function loadOutbound({ id, seq }: OutboxRow): OutboundMessage | null {
    const [conversation, row] = [db.get(keys.conversation(id)), db.get(keys.entry(id, seq))];
    if (conversation === undefined || row === undefined) return null;
    const { entry, isWhole } = readEntry(row, seq);
    if (!isWhole) onDamage({ kind: "entry", id });
    const { speech } = entry;
    if (speech === undefined) {
      if (isWhole) return null;
      throw new AppError("STORE_UNREADABLE");
    }
    const { channel, address = null } = WhereTo.parse(conversation);
    return { id: `${id}.${seq}`, conversationId: id, channel, address, entry: { ...entry, speech } };
  }

  async function deliver(
    row: OutboxRow,
    send: (message: OutboundMessage) => Promise<SendResult>,
    attempt: number,
  ): Promise<Again> {
    const message = readable(() => loadOutbound(row));
    // What cannot be read can never be said: it must not hold up the words behind it.
    const unreadable: SendResult = { kind: "refused", code: "UNREADABLE" };
    const result =
      message === undefined
        ? unreadable
        : message === null
          ? ({ kind: "sent" } as const)
          : await send(message).catch(() => null);
    if (result === null) return { afterMs: retryAfter(attempt) };
    if (result.kind === "later") return { afterMs: Math.max(result.retryAfterMs, 1) };
    await db.transact((writer) => {
      writer.remove(keys.outbox(row.id, row.seq));
      if (result.kind === "refused") {
        writer.put(keys.dead(row.id, row.seq), { at: clock.now(), code: result.code });
      }
    });
    return null;
  }

  return {
    ...createDirectory(db, { serial: () => serial++, state, onDamage }),
    returnCodes: createReturnCodes(db, clock),
    shelf: createShelf(db, clock),
    leases: createLocalLeases(clock),
    paces: createLocalPaces(clock),

    async enqueue(message) {
      if (waiting >= inboxLimit) return "full";
      const id = message.conversationId;
      const result = await db.transact((writer) => {
        const seenKey = keys.seen(id, message.channelMessageId);
        if (writer.get(seenKey) !== undefined) return "duplicate" as const;
        const seen: Seen = { place: ++place };
        writer.put(keys.inbox(place), message);
        writer.put(seenKey, seen);
        writer.put(keys.seenUntil(clock.now() + DEDUPE_WINDOW_MS, id, message.channelMessageId), seenKey);
        waiting++;
        return "new" as const;
      });
      if (result === "new") inboxLanes?.add(id, message);
      return result;
    },

    consume(take) {
      const lanes = createSerialLanes<InboundMessage>(
        async (message, { attempt, next }) => {
          const seenKey = keys.seen(message.conversationId, message.channelMessageId);
          taking.add(seenKey);
          try {
            const notYet = await take(message, { next: () => next() ?? null });
            return notYet ? { afterMs: notYet.afterMs, isWish: true } : null;
          } catch {
            return { afterMs: retryAfter(attempt) };
          } finally {
            taking.delete(seenKey);
          }
        },
        { parallel },
      );
      inboxLanes = lanes;
      for (const key of db.keys(...under("in"))) {
        const read = parseKeepingUnknown(InboundMessage, rawAt(db, key));
        // One message that cannot be read stays where it is and must not keep the server from starting.
        if (read.success) lanes.add(read.data.conversationId, read.data);
        else onDamage({ kind: "message", id: key });
      }
      return { stop: () => lanes.stop() };
    },

    async drop(message) {
      await db.transact((writer) => {
        const key = keys.seen(message.conversationId, message.channelMessageId);
        const seen = writer.get(key) as Seen | undefined;
        if (seen?.place !== null && seen?.place !== undefined) writer.remove(keys.inbox(seen.place));
        const answered: Seen = { place: null };
        writer.put(key, answered);
      });
      waiting = Math.max(0, waiting - 1);
    },

    async load(id) {
      return state.conversation(id);
    },

    async commit(outcome: Outcome, cause: Cause) {
      const result = await db.transact((writer) =>
        isTakenBack(writer, cause)
          ? ("duplicate" as const)
          : commitOutcome(writer, outcome, { ...cause, now: clock.now(), serial: () => serial++ }),
      );
      if (result !== "stale" && cause.kind === "inbound") waiting = Math.max(0, waiting - 1);
      if (result === "committed") {
        const { conversation, entries } = outcome;
        const { id } = conversation;
        for (const entry of entries)
          if (needsDelivery(conversation, entry)) outboxLanes?.add(id, { id, seq: entry.seq });
      }
      return result;
    },

    async transcript(id, { after, limit }) {
      return db.keys(keys.entry(id, after + 1), under(`entry/${id}`)[1], limit).map((key) => {
        const { entry, isWhole } = readEntry(rawAt(db, key), Number(key.slice(key.lastIndexOf("/") + 1)));
        if (!isWhole) onDamage({ kind: "entry", id });
        return entry;
      });
    },

    async erase(id) {
      await db.transact((writer) => eraseRows(writer, id, { keepSeen: false }));
    },

    async expire(before) {
      let removed = 0;
      for (const key of db.keys(under("last")[0], keys.lastTurn(before, ""))) {
        const [, at, id = ""] = key.split("/");
        await db.transact((writer) => {
          // Somebody may have written since the list was made.
          if (outlineOf(writer, id).lastTurnAt > Number(at)) return writer.remove(key);
          eraseRows(writer, id, { keepSeen: false });
          writer.remove(key);
          removed++;
          return undefined;
        });
      }
      await forgetSeen(db, clock.now());
      await clearShelf(db, clock.now());
      return removed;
    },

    outbox: {
      drain(send) {
        const lanes = createSerialLanes<OutboxRow>((row, { attempt }) => deliver(row, send, attempt), {
          parallel,
        });
        outboxLanes = lanes;
        for (const key of db.keys(...under("out"))) {
          const [, id, seq] = key.split("/");
          const row = { id: ConversationId.parse(id), seq: Number(seq) };
          lanes.add(row.id, row);
        }
        return { stop: () => lanes.stop() };
      },
      async counts() {
        const rows = db.keys(...under("out"));
        const first = rows[0]?.split("/");
        const seq = Number(first?.[2]);
        const oldest = first === undefined ? undefined : rawAt(db, keys.entry(first[1] ?? "", seq));
        const oldestAt = oldest === undefined ? null : readEntry(oldest, seq).entry.at;
        return { waiting: rows.length, dead: db.keys(...under("dead")).length, oldestAt };
      },
    },

    async probe() {
      await db.transact((writer) => writer.put("probe", clock.now()));
    },

    close: () => db.close(),
  };
}

function readable<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function lastPlace(db: KeyValue): number {
  const last = db.keys(...under("in")).at(-1);
  // Places only need to rise; starting at the clock leaves room after every restart.
  return last === undefined ? Date.now() * 10 : Math.max(Number(last.slice(3)), Date.now() * 10);
}

async function forgetSeen(db: KeyValue, now: number): Promise<void> {
  const [from] = under("until");
  const due = db.range(from, `${from}${String(now).padStart(15, "0")}`, 5000);
  if (due.length === 0) return;
  await db.transact((writer) => {
    for (const { key, value } of due) {
      const seen = writer.get(String(value)) as Seen | undefined;
      // A message still waiting keeps its mark, however old.
      if (seen !== undefined && seen.place === null) writer.remove(String(value));
      writer.remove(key);
    }
  });
}
