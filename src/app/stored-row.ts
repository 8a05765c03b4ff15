import { z } from "zod";

const id = z.string().min(1).max(200);
const count = z.number().int().nonnegative();

/**
 * Everything that a store holds, one row at a time and in no engine's own layout: what moves between LMDB and Redis.
 *
 * `value` is what was stored, untouched: fields that this version does not know travel with it. It is null where the
 * stored bytes could not be opened; the row still moves, so that its neighbours keep their numbers.
 */
export const StoredRow = z.discriminatedUnion("kind", [
  /** `name` as the index of names spells it. */
  z.strictObject({ kind: z.literal("account"), id, name: id, value: z.unknown() }),
  z.strictObject({ kind: z.literal("sign-in"), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal("setting"), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal("conversation"), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal("entry"), of: id, seq: count, value: z.unknown() }),
  z.strictObject({ kind: z.literal("handoff"), of: id, id, isOpen: z.boolean(), value: z.unknown() }),
  /** Something for a channel that pushes, not delivered yet. `at`: when it was said. */
  z.strictObject({ kind: z.literal("undelivered"), of: id, seq: count, at: count }),
  z.strictObject({ kind: z.literal("dead"), of: id, seq: count, value: z.unknown() }),
  /** State that could not be read and was moved aside. */
  z.strictObject({ kind: z.literal("aside"), of: id, id, value: z.unknown() }),
  /** The id of a message or act that was answered, and until when it is remembered. */
  z.strictObject({ kind: z.literal("answered"), of: id, id, until: count }),
  /** A message that waits for its turn; `n` counts those of one conversation, oldest first. */
  z.strictObject({ kind: z.literal("waiting"), of: id, id, until: count, n: count, value: z.unknown() }),
  /** `n` counts the events of one millisecond. */
  z.strictObject({ kind: z.literal("audit"), at: count, n: count, value: z.unknown() }),
]);
export type StoredRow = z.infer<typeof StoredRow>;

/** Which file was brought in, kept with the data. While it is not finished no server may use the store. */
export const ImportMark = z.strictObject({
  file: z.string(),
  startedAt: count,
  finishedAt: count.nullable(),
});
export type ImportMark = z.infer<typeof ImportMark>;

/** A whole store, while no server uses it. */
export interface MovableStore {
  /** Who uses the store at this moment ("process 4711", "2 servers"), or null. */
  usedBy(): Promise<string | null>;
  isEmpty(): Promise<boolean>;
  /**
   * Every row once, without the sign-ins that have lapsed at `asOf`. Entries of a conversation come in order, and so
   * do its waiting and undelivered messages.
   */
  rows(asOf: number): AsyncIterable<StoredRow>;
  /** Durable once resolved. Writing a row again changes nothing. */
  write(rows: readonly StoredRow[]): Promise<void>;
  readMark(): Promise<ImportMark | null>;
  putMark(mark: ImportMark): Promise<void>;
  close(): Promise<void>;
}
