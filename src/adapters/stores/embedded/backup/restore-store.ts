import {
  constants,
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { AppError } from "../../../../app/errors.ts";
import { type StoreKey } from "../key-ring.ts";
import { createSealer } from "../sealer.ts";
import { countRows } from "./count-rows.ts";
import { flushFile } from "./flush-file.ts";
import { type Manifest, mayOpen, readManifest, sha256OfFile } from "./manifest.ts";

export interface RestoreOptions {
  readonly file: string;
  /** DATA_DIR of the server to come. It may hold `store.key` and models, but no store. */
  readonly directory: string;
  /** Holds the key that was current when the backup was made. */
  readonly key: StoreKey;
}

/** Puts a backup in place after proving it, row by row. Throws `BACKUP_REFUSED` or `BACKUP_UNUSABLE`, and then has changed nothing. */
export async function restoreStore({ file, directory, key }: RestoreOptions): Promise<Manifest> {
  const target = join(directory, "store.lmdb");
  if (existsSync(target)) throw refused(`${target} exists already: restore into a folder without a store`);
  const manifest = readManifest(file);
  if (!mayOpen(key, manifest.keyCheck)) throw refused("this is not the key that the store was sealed with");
  await checkFile(file, manifest);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const workshop = mkdtempSync(join(directory, "restoring-"));
  try {
    const copy = join(workshop, "copy.lmdb");
    copyFileSync(file, copy, constants.COPYFILE_EXCL);
    chmodSync(copy, 0o600);
    const counted = await countRows(copy, createSealer(key));
    for (const part of ["rows", "rowsSha256", "unreadable"] as const)
      if (counted[part] !== manifest[part]) throw unusable("its rows are not those of its manifest");
    flushFile(copy);
    // Unlike a rename, a link never takes the place of a store that a server has made meanwhile.
    linkSync(copy, target);
    flushFile(target);
    return manifest;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

async function checkFile(file: string, { bytes, sha256 }: Manifest): Promise<void> {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw unusable(`${file} is missing`);
  if (size !== bytes) throw unusable(`it has ${size} bytes, its manifest says ${bytes}`);
  if ((await sha256OfFile(file)) !== sha256) throw unusable("its bytes were changed");
}

function refused(detail: string): AppError {
  return new AppError("BACKUP_REFUSED", { detail });
}

function unusable(detail: string): AppError {
  return new AppError("BACKUP_UNUSABLE", { detail });
}
