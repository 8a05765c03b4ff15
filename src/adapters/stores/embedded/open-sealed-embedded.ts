import { existsSync } from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import { AppError } from "../../../app/errors.ts";
import type { SealedStore, Sealing } from "../../../app/sealing.ts";
import { createSealer } from "./sealer.ts";
import type { StoreKey } from "./key-ring.ts";
import { openLmdbKeyValue } from "./lmdb-key-value.ts";
import { checkKey } from "./check-key.ts";

const PAGE = 200;

/** The LMDB store of a folder while its keys are looked after. Throws `STORE_UNREADABLE` where there is none or the key is wrong. */
export function openSealedEmbedded(directory: string, key: StoreKey): SealedStore {
  const path = join(directory, "store.lmdb");
  if (!existsSync(path))
    throw new AppError("STORE_UNREADABLE", { detail: `there is no store in ${directory}` });
  const sealer = createSealer(key);
  const opened = openLmdbKeyValue(path, sealer);
  try {
    checkKey(opened);
  } catch (cause) {
    throw new AppError("STORE_UNREADABLE", { detail: `DATA_DIR ${directory}: the key is another`, cause });
  }
  const db = open<Buffer, string>({ path, encoding: "binary", mapSize: 2 ** 36, maxReaders: 64 });

  /** One page is one transaction, so that a server beside us waits only for a page. */
  async function walk(treat: (key: string, bytes: Buffer) => keyof Sealing): Promise<Sealing> {
    const counted = { current: 0, older: 0, unreadable: 0 };
    let start = "";
    for (;;) {
      const page = await db.transaction(() => {
        const rows = Array.from(db.getRange({ start, limit: PAGE }), ({ key: row, value }) => ({
          row,
          value,
        }));
        for (const { row, value } of rows) counted[treat(row, value)]++;
        return rows.map(({ row }) => row);
      });
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      // The first key after it: no key ends in a sign below this one.
      start = `${last}\u0001`;
    }
    await db.flushed;
    return counted;
  }

  const readable = (row: string, bytes: Buffer): unknown => {
    try {
      return sealer.open(bytes, row);
    } catch {
      return undefined;
    }
  };

  return {
    usedBy: async () => {
      const others = opened.otherProcesses();
      return others.length === 0 ? null : `process ${others.join(", ")}`;
    },
    sealing: () =>
      walk((row, bytes) => {
        if (readable(row, bytes) === undefined) return "unreadable";
        return sealer.isCurrent(bytes) ? "current" : "older";
      }),
    reseal: () =>
      walk((row, bytes) => {
        if (sealer.isCurrent(bytes)) return "current";
        const value = readable(row, bytes);
        if (value === undefined) return "unreadable";
        void db.put(row, sealer.seal(value, row));
        return "current";
      }),
    async close() {
      await db.close();
      await opened.close();
    },
  };
}
