import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../../app/errors.ts";
import type { Clock, OnDamage, Store } from "../../../app/ports.ts";
import { ImportMark } from "../../../app/stored-row.ts";
import { createEmbeddedStore } from "./create-embedded-store.ts";
import { checkKey } from "./check-key.ts";
import { type KeyRing, parseKeyRing, type StoreKey } from "./key-ring.ts";
import type { KeyValue } from "./key-value.ts";
import { keys } from "./keys.ts";
import { openLmdbKeyValue } from "./lmdb-key-value.ts";
import { createSealer } from "./sealer.ts";

export interface OpenOptions {
  readonly directory: string;
  readonly key: StoreKey;
  readonly clock: Clock;
  readonly onDamage?: OnDamage;
}

/** Opens (or makes) the LMDB store. Throws `STORE_UNREADABLE`, saying which folder and why. */
export function openEmbeddedStore({ directory, key, clock, onDamage = () => {} }: OpenOptions): Store {
  return explained(directory, () => {
    const db = openLmdbKeyValue(join(directory, "store.lmdb"), createSealer(key));
    checkKey(db);
    refuseHalfImported(db);
    return createEmbeddedStore(db, { clock, onDamage });
  });
}

function refuseHalfImported(db: KeyValue): void {
  const mark = ImportMark.safeParse(db.get(keys.importMark()));
  if (!mark.success || mark.data.finishedAt !== null) return;
  throw new Error("an import into it was not finished: npm run import -- <file> --resume");
}

/** The keys of the store: given as text, or kept in a file of the folder, which is made at the first start. */
export function readStoreKey(directory: string, given?: string): KeyRing {
  return explained(directory, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK);
    const ring = parseKeyRing(given ?? textOfKeyFile(join(directory, "store.key")));
    if (ring === null) throw new Error("store.key holds neither 32 bytes in base64 nor a ring of keys");
    return ring;
  });
}

function explained<T>(directory: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const { code, message = "unknown error" } = cause as { code?: string; message?: string };
    throw new AppError("STORE_UNREADABLE", { detail: `DATA_DIR ${directory} (${code ?? message})`, cause });
  }
}

function textOfKeyFile(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
  }
  return readFileSync(file, "utf8");
}
