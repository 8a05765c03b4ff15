import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../../app/errors.ts";
import type { Clock, OnDamage, Store } from "../../../app/ports.ts";
import { ImportMark } from "../../../app/stored-row.ts";
import { createEmbeddedStore } from "./create-embedded-store.ts";
import { checkKey } from "./check-key.ts";
import type { KeyValue } from "./key-value.ts";
import { keys } from "./keys.ts";
import { openLmdbKeyValue } from "./lmdb-key-value.ts";
import { createSealer } from "./sealer.ts";

export interface OpenOptions {
  readonly directory: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
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

/** The key of the store: given in base64, or kept in a file of the folder, which is made at the first start. */
export function readStoreKey(directory: string, given?: string): Buffer {
  return explained(directory, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK);
    return given === undefined ? keyFromFile(join(directory, "store.key")) : Buffer.from(given, "base64");
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

function keyFromFile(file: string): Buffer {
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
  }
  const key = Buffer.from(readFileSync(file, "utf8").trim(), "base64");
  if (key.length !== 32) throw new Error("store.key does not hold 32 bytes in base64");
  return key;
}
