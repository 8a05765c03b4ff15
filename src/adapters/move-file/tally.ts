import { createHash } from "node:crypto";
import { z } from "zod";
import type { StoredRow } from "../../app/stored-row.ts";

/** Per kind of row: how many, and a hash that does not depend on their order (LMDB and Redis keep different ones). */
export const Totals = z.record(
  z.string(),
  z.strictObject({ count: z.number().int().positive(), hash: z.string() }),
);
export type Totals = z.infer<typeof Totals>;

export interface Tally {
  add(row: StoredRow): void;
  totals(): Totals;
}

const MODULUS = 1n << 256n;

/** Hashes are added up, so that a row that is there twice does not look like one that is not there. */
export function createTally(): Tally {
  const kinds = new Map<string, { count: number; sum: bigint }>();
  return {
    add(row) {
      const digest = BigInt(`0x${createHash("sha256").update(JSON.stringify(row)).digest("hex")}`);
      const { count, sum } = kinds.get(row.kind) ?? { count: 0, sum: 0n };
      kinds.set(row.kind, { count: count + 1, sum: (sum + digest) % MODULUS });
    },
    totals() {
      const sorted = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(
        sorted.map(([kind, { count, sum }]) => [kind, { count, hash: sum.toString(16).padStart(64, "0") }]),
      );
    },
  };
}

/** The kinds in which two tallies differ. */
export function differences(a: Totals, b: Totals): string[] {
  const kinds = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return kinds.filter((kind) => a[kind]?.hash !== b[kind]?.hash || a[kind]?.count !== b[kind]?.count);
}
