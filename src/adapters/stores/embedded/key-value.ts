/**
 * The little that the embedded store needs from an ordered, transactional key-value engine.
 * LMDB is the real one; the in-memory one serves unit tests and `npm run converse`.
 */
export interface Reader {
  get(key: string): unknown;
  /** Rows with `from <= key < to`, in key order. */
  range(from: string, to: string, limit?: number): { readonly key: string; readonly value: unknown }[];
  /** The keys of `range`, without opening what they hold. */
  keys(from: string, to: string, limit?: number): string[];
}

export interface Writer extends Reader {
  put(key: string, value: unknown): void;
  remove(key: string): void;
}

export interface KeyValue extends Reader {
  /** All writes of `work` land together, or none if it throws; durable once resolved. `work` must be synchronous. */
  transact<T>(work: (writer: Writer) => T): Promise<T>;
  close(): Promise<void>;
}
