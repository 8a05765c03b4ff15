import { z } from "zod";
import type { Clock, Shelf } from "../../../app/ports.ts";
import type { KeyValue } from "./key-value.ts";
import { keys, under } from "./keys.ts";

const Row = z.object({ until: z.number(), value: z.unknown() });

export function createShelf(db: KeyValue, clock: Clock): Shelf {
  return {
    async get(name) {
      const row = Row.safeParse(db.get(keys.shelf(name)));
      return row.success && row.data.until > clock.now() ? row.data.value : undefined;
    },
    put: (name, value, keepMs) =>
      db.transact((writer) => writer.put(keys.shelf(name), { until: clock.now() + keepMs, value })),
  };
}

/** Removes what is past its time. */
export async function clearShelf(db: KeyValue, now: number): Promise<void> {
  const past = db.keys(...under("shelf")).filter((key) => {
    const row = Row.safeParse(db.get(key));
    return !row.success || row.data.until <= now;
  });
  if (past.length === 0) return;
  await db.transact((writer) => {
    for (const key of past) writer.remove(key);
  });
}
