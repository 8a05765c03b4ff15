import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { open } from "lmdb";
import type { Sealer } from "../sealer.ts";

export interface RowCount {
  readonly rows: number;
  readonly rowsSha256: string;
  /** Rows that the key does not open. */
  readonly unreadable: number;
}

/**
 * Reads every row of an LMDB file that nobody else has open, and tries the key on each.
 * `file` must end in ".lmdb": by the ending LMDB tells a file from a folder.
 */
export async function countRows(file: string, sealer: Sealer): Promise<RowCount> {
  const db = open<Buffer, string>({ path: file, encoding: "binary", readOnly: true });
  const hash = createHash("sha256");
  let rows = 0;
  let unreadable = 0;
  try {
    for (const { key, value } of db.getRange({})) {
      rows++;
      hash.update(`${Buffer.byteLength(key)} ${value.length} ${key}`).update(value);
      if (!opens(sealer, value, key)) unreadable++;
    }
  } finally {
    await db.close();
    rmSync(`${file}-lock`, { force: true });
  }
  return { rows, rowsSha256: hash.digest("hex"), unreadable };
}

function opens(sealer: Sealer, value: Buffer, key: string): boolean {
  try {
    sealer.open(value, key);
    return true;
  } catch {
    return false;
  }
}
