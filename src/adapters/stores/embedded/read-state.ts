import { AppError } from "../../../app/errors.ts";
import type { OnDamage } from "../../../app/ports.ts";
import type { Conversation } from "../../../domain/conversation/conversation.ts";
import type { Handoff } from "../../../domain/handoff/handoff.ts";
import { type ConversationId, HandoffId } from "../../../domain/kernel/ids.ts";
import { mendConversation } from "../../../domain/stored/mend-conversation.ts";
import { mendHandoff } from "../../../domain/stored/mend-handoff.ts";
import { readConversation } from "../../../domain/stored/read-conversation.ts";
import { readHandoff } from "../../../domain/stored/read-handoff.ts";
import type { KeyValue, Reader, Writer } from "./key-value.ts";
import { keys, under } from "./keys.ts";

/** Reads conversations and cases; what cannot be read is moved aside and begun anew in the same write. */
export interface StateReader {
  conversation(id: ConversationId): Promise<Conversation | null>;
  /** Null where there is none, or where not even its conversation can be told. */
  handoff(id: HandoffId): Promise<Handoff | null>;
}

interface Deps {
  readonly now: () => number;
  readonly onDamage: OnDamage;
}

/** What is stored under a key; null where its bytes do not open (the key of the store itself was checked before). */
export function rawAt(db: Pick<Reader, "get">, key: string): unknown {
  try {
    return db.get(key);
  } catch {
    return null;
  }
}

export function createStateReader(db: KeyValue, { now, onDamage }: Deps): StateReader {
  async function handoff(id: HandoffId): Promise<Handoff | null> {
    const raw = rawAt(db, keys.handoff(id));
    if (raw === undefined) return null;
    const read = readHandoff(raw);
    if (read.kind === "read") return read.value;
    if (read.kind === "newer") throw writtenByNewer(read.schema);
    onDamage({ kind: "handoff", id });
    const mended = mendHandoff(raw, { id, of: conversationOf(db, id), now: now() });
    if (mended === null) return null;
    return db.transact((writer) => {
      // Somebody else may have been quicker.
      const again = readHandoff(rawAt(writer, keys.handoff(id)));
      if (again.kind === "read") return again.value;
      writer.put(keys.aside(mended.conversationId, `case-${now()}`), raw);
      writer.put(keys.handoff(id), mended);
      return mended;
    });
  }

  /** The case that the conversation is in, if any. A damaged one is mended first. */
  async function openCaseOf(id: ConversationId): Promise<Handoff | null> {
    for (const key of db.keys(...under(`case/${id}`))) {
      const found = await handoff(HandoffId.parse(key.slice(key.lastIndexOf("/") + 1)));
      if (found?.status === "waiting" || found?.status === "live") return found;
    }
    return null;
  }

  return {
    handoff,
    async conversation(id) {
      const raw = rawAt(db, keys.conversation(id));
      if (raw === undefined) return null;
      const read = readConversation(raw);
      if (read.kind === "read") return read.value;
      if (read.kind === "newer") throw writtenByNewer(read.schema);
      onDamage({ kind: "conversation", id });
      const openHandoff = await openCaseOf(id);
      return db.transact((writer) => {
        const again = readConversation(rawAt(writer, keys.conversation(id)));
        if (again.kind === "read") return again.value;
        const { revision } = outlineOf(writer, id);
        const mended = mendConversation({
          id,
          raw,
          revision,
          lastSeq: lastSeqOf(writer, id),
          openHandoff,
          now: now(),
        });
        writer.put(keys.aside(id, `conversation-${now()}`), raw);
        writer.put(keys.conversation(id), mended);
        writer.put(keys.lastTurn(mended.lastTurnAt, id), 1);
        return mended;
      });
    },
  };
}

export interface Outline {
  readonly revision: number;
  readonly lastTurnAt: number;
}

/** What a write must know of the stored conversation, whatever else of it is damaged; 0 where it cannot be told. */
export function outlineOf(db: Pick<Reader, "get">, id: string): Outline {
  const raw = (rawAt(db, keys.conversation(id)) ?? {}) as Partial<Record<keyof Outline, unknown>>;
  const count = (value: unknown) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
  return { revision: count(raw.revision), lastTurnAt: count(raw.lastTurnAt) };
}

/** From the index of cases; slow, and only asked for a damaged case. */
function conversationOf(db: Reader, id: HandoffId): string | null {
  const key = db.keys(...under("case")).find((each) => each.endsWith(`/${id}`));
  return key?.split("/")[1] ?? null;
}

function lastSeqOf(writer: Writer, id: string): number {
  const last = writer.keys(...under(`entry/${id}`)).at(-1);
  return last === undefined ? 0 : Number(last.slice(last.lastIndexOf("/") + 1));
}

function writtenByNewer(schema: number): AppError {
  return new AppError("STORE_UNREADABLE", {
    detail: `a record of schema ${schema} was written by a newer version; it is left as it is`,
  });
}
