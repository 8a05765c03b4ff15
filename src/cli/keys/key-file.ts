import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { formatKeyRing, type KeyRing } from "../../adapters/stores/embedded/key-ring.ts";

/**
 * Writes a ring so that after power loss either the old file or the new one is there: a ring lost is all data lost.
 * `fresh`: fails when the file exists.
 */
export function writeKeyFile(file: string, ring: KeyRing, options: { readonly fresh: boolean }): void {
  const target = options.fresh ? file : `${file}.${randomBytes(4).toString("hex")}`;
  const handle = openSync(target, "wx", 0o600);
  try {
    writeSync(handle, formatKeyRing(ring));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (!options.fresh) renameSync(target, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
