import type { z } from "zod";
import { parseKeepingUnknown } from "./parse-keeping-unknown.ts";

export type Fields = Readonly<Record<string, unknown>>;

export type StoredRead<T> =
  | { readonly kind: "read"; readonly value: T }
  /** Written by a newer version in a way that this one cannot read. It is whole: hands off. */
  | { readonly kind: "newer"; readonly schema: number }
  /** It cannot be right for any version up to ours. `at`: the fields, never what stood in them. */
  | { readonly kind: "malformed"; readonly at: readonly string[] };

export interface StoredShape<T> {
  readonly schema: z.ZodType<T>;
  /** The number that this version writes. */
  readonly current: number;
  /**
   * From each number to the next; pure. A step also runs on records of its own number that an older build wrote with
   * fewer fields, and again on what an older version wrote over a newer record: so it fills what is missing and keeps
   * what is there.
   */
  readonly upgrades: Readonly<Record<number, (raw: Fields) => Fields>>;
}

/** Reads what any earlier version wrote, and what a newer one wrote as far as it is understood. */
export function createStoredReader<T>(shape: StoredShape<T>): (raw: unknown) => StoredRead<T> {
  const { schema, current, upgrades } = shape;
  return (raw) => {
    if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return { kind: "malformed", at: [""] };
    const fields = raw as Fields;
    const written = numberOf(fields["schema"]);
    if (written === null) return { kind: "malformed", at: ["schema"] };
    let upgraded = fields;
    for (let number = written; number <= current; number++)
      upgraded = upgrades[number]?.(upgraded) ?? upgraded;
    const parsed = parseKeepingUnknown(schema, { ...upgraded, schema: current });
    if (parsed.success) return { kind: "read", value: parsed.data };
    return written > current ? { kind: "newer", schema: written } : { kind: "malformed", at: parsed.at };
  };
}

/** Null for what no version ever wrote: a reader that counted up from minus a million would not come back. */
function numberOf(schema: unknown): number | null {
  if (typeof schema !== "number") return 1;
  return Number.isSafeInteger(schema) && schema >= 1 ? schema : null;
}
