import {
  constants,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import { AppError } from "../../../../app/errors.ts";
import type { Clock } from "../../../../app/ports.ts";
import { type StoreKey } from "../key-ring.ts";
import { createSealer } from "../sealer.ts";
import { countRows } from "./count-rows.ts";
import { flushFile } from "./flush-file.ts";
import { keyCheckOf, type Manifest, manifestPath, sha256OfFile } from "./manifest.ts";

export interface BackUpOptions {
  /** DATA_DIR of the server, which may be running. */
  readonly directory: string;
  /** Where the copy goes; its manifest goes to `<file>.json`. Neither may exist. */
  readonly file: string;
  /** Used to try what was copied; never written anywhere. */
  readonly key: StoreKey;
  readonly clock: Clock;
}

/**
 * Copies the store as it is at one moment, while the server goes on writing. Rows stay sealed, and freed room is left
 * out, so that what was erased before is not in the copy. Throws `BACKUP_REFUSED` or `BACKUP_UNUSABLE`.
 */
export async function backUpStore({ directory, file, key, clock }: BackUpOptions): Promise<Manifest> {
  const store = join(directory, "store.lmdb");
  if (!existsSync(store)) throw refused(`there is no store in ${directory}`);
  for (const path of [file, manifestPath(file)])
    if (existsSync(path)) throw refused(`${path} exists already`);
  // A folder of our own, on the same disk as the target: a half-made copy never has the name of a backup.
  const workshop = mkdtempSync(`${file}.part-`);
  try {
    const copy = join(workshop, "copy.lmdb");
    await copyStore(store, copy);
    const counted = await countRows(copy, createSealer(key));
    if (counted.rows > 0 && counted.unreadable === counted.rows)
      throw refused("the key opens nothing in this store");
    copyFileSync(copy, file, constants.COPYFILE_EXCL);
    flushFile(file);
    const manifest: Manifest = {
      kind: "ke-ben-backup",
      schema: 1,
      createdAt: new Date(clock.now()).toISOString(),
      bytes: statSync(file).size,
      sha256: await sha256OfFile(file),
      ...counted,
      keyCheck: keyCheckOf(key),
    };
    // Last: a backup without its manifest is none.
    writeFileSync(manifestPath(file), `${JSON.stringify(manifest, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    flushFile(manifestPath(file));
    return manifest;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

async function copyStore(from: string, to: string): Promise<void> {
  const db = open({ path: from, encoding: "binary", mapSize: 2 ** 36, maxReaders: 64, readOnly: true });
  try {
    await db.backup(to, true);
  } catch (cause) {
    throw new AppError("BACKUP_UNUSABLE", { detail: "the store could not be copied", cause });
  } finally {
    await db.close();
  }
  chmodSync(to, 0o600);
}

function refused(detail: string): AppError {
  return new AppError("BACKUP_REFUSED", { detail });
}
