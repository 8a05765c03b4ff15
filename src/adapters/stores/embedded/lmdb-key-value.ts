import { open } from "lmdb";
import type { KeyValue, Writer } from "./key-value.ts";
import type { Sealer } from "./sealer.ts";

export interface LmdbKeyValue extends KeyValue {
  /** Process ids, other than ours, that have the file open and are alive. */
  otherProcesses(): number[];
}

/** LMDB in one file under `path`; every value is sealed before it is written. */
export function openLmdbKeyValue(path: string, sealer: Sealer): LmdbKeyValue {
  const db = open<Buffer, string>({ path, encoding: "binary", mapSize: 2 ** 36, maxReaders: 64 });

  const get = (key: string): unknown => {
    const bytes = db.get(key);
    return bytes === undefined ? undefined : sealer.open(bytes, key);
  };
  const range = (start: string, end: string, limit?: number) => {
    const rows = db.getRange({ start, end, ...(limit === undefined ? {} : { limit }) });
    return Array.from(rows, ({ key, value }) => ({ key, value: sealer.open(value, key) }));
  };
  const keys = (start: string, end: string, limit?: number) =>
    Array.from(db.getKeys({ start, end, ...(limit === undefined ? {} : { limit }) }));
  const writer: Writer = {
    get,
    range,
    keys,
    put: (key, value) => void db.put(key, sealer.seal(value, key)),
    remove: (key) => void db.remove(key),
  };

  return {
    get,
    range,
    keys,
    async transact(work) {
      let failure: unknown;
      // A throw inside LMDB's callback would not undo the writes before it: the work is tried on a plan first.
      const result = await db.transaction(() => {
        try {
          return { value: planned(writer, work) };
        } catch (error) {
          failure = error;
          return null;
        }
      });
      if (result === null) throw failure;
      // Committed is not yet on disk: what we acknowledge must survive power loss too.
      await db.flushed;
      return result.value;
    },
    otherProcesses() {
      const pids = [...db.readerList().matchAll(/^\s*(\d+)\s/gm)].map(([, pid]) => Number(pid));
      return [...new Set(pids)].filter((pid) => pid !== process.pid && isAlive(pid));
    },
    async close() {
      await db.close();
    },
  };
}

/** LMDB keeps the row of a process that was killed until somebody else opens the file. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

/** Runs the work against an overlay and writes only when all of it succeeded. */
function planned<T>(writer: Writer, work: (writer: Writer) => T): T {
  const plan = new Map<string, { readonly value: unknown } | null>();
  const overlay: Writer = {
    get: (key) => {
      const row = plan.get(key);
      return row === undefined ? writer.get(key) : row?.value;
    },
    range: (from, to, limit) => {
      const stored = writer.range(from, to).filter(({ key }) => !plan.has(key));
      const fresh = [...plan].flatMap(([key, row]) =>
        row !== null && key >= from && key < to ? [{ key, value: row.value }] : [],
      );
      const rows =
        fresh.length === 0 ? stored : [...stored, ...fresh].sort((a, b) => (a.key < b.key ? -1 : 1));
      return limit === undefined ? rows : rows.slice(0, limit);
    },
    keys: (from, to, limit) => {
      const stored = writer.keys(from, to).filter((key) => !plan.has(key));
      const fresh = [...plan].flatMap(([key, row]) => (row !== null && key >= from && key < to ? [key] : []));
      return [...stored, ...fresh].sort().slice(0, limit);
    },
    put: (key, value) => void plan.set(key, { value }),
    remove: (key) => void plan.set(key, null),
  };
  const result = work(overlay);
  for (const [key, row] of plan) {
    if (row === null) writer.remove(key);
    else writer.put(key, row.value);
  }
  return result;
}
