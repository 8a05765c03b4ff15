import type { KeyValue, Writer } from "./key-value.ts";

/** Keeps rows as JSON text, so that a value that could not be stored for real fails here too. */
export function createMemoryKeyValue(): KeyValue {
  const rows = new Map<string, string>();
  let order: string[] | null = [];

  const get = (key: string): unknown => {
    const row = rows.get(key);
    return row === undefined ? undefined : (JSON.parse(row) as unknown);
  };
  const keys = (from: string, to: string, limit = Number.POSITIVE_INFINITY) => {
    order ??= [...rows.keys()].sort();
    const found: string[] = [];
    for (let i = lowerBound(order, from); i < order.length && found.length < limit; i++) {
      const key = order[i];
      if (key === undefined || key >= to) break;
      found.push(key);
    }
    return found;
  };
  const range = (from: string, to: string, limit?: number) =>
    keys(from, to, limit).map((key) => ({ key, value: get(key) }));

  return {
    get,
    range,
    keys,
    async transact(work) {
      const before = new Map<string, string | undefined>();
      const write = (key: string, row: string | undefined) => {
        if (!before.has(key)) before.set(key, rows.get(key));
        if (row === undefined ? rows.delete(key) : !rows.has(key)) order = null;
        if (row !== undefined) rows.set(key, row);
      };
      const writer: Writer = {
        get,
        range,
        keys,
        put: (key, value) => write(key, JSON.stringify(value)),
        remove: (key) => write(key, undefined),
      };
      try {
        return work(writer);
      } catch (error) {
        for (const [key, row] of before) write(key, row);
        throw error;
      }
    },
    async close() {
      rows.clear();
      order = [];
    },
  };
}

function lowerBound(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
