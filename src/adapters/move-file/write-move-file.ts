import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { StoredRow } from "../../app/stored-row.ts";
import { fileKey, type FileSecret } from "./file-key.ts";
import { FRAME_BYTES, type Framing, sealFrame } from "./frame.ts";
import { FORMAT, type MoveHeader } from "./move-header.ts";
import { createTally, type Totals } from "./tally.ts";

export interface MoveFileOptions {
  readonly path: string;
  readonly secret: FileSecret;
  /** Of the store that the rows come from. */
  readonly fingerprint: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Writes all rows into one encrypted file and answers what it holds. The file has its name only once it is whole and
 * on disk; an interrupted export leaves at most `<path>.part`, which the next one writes anew.
 */
export async function writeMoveFile(
  rows: AsyncIterable<StoredRow>,
  { path, secret, fingerprint, now }: MoveFileOptions,
): Promise<Totals> {
  const salt = randomBytes(32);
  const header: MoveHeader = {
    format: FORMAT,
    version: 1,
    id: randomBytes(12).toString("base64url"),
    at: now,
    salt: salt.toString("base64url"),
    secret: secret.kind,
    store: fingerprint,
  };
  const framing: Framing = { key: fileKey(secret, salt), header: JSON.stringify(header) };
  const part = `${path}.part`;
  const file = await open(part, "w", 0o600);
  const tally = createTally();
  try {
    await file.writeFile(`${framing.header}\n`);
    let index = 0;
    let text = "";
    for await (const row of rows) {
      tally.add(row);
      text += `${JSON.stringify(row)}\n`;
      if (text.length < FRAME_BYTES) continue;
      await file.writeFile(sealFrame(framing, { index: index++, text, isLast: false }));
      text = "";
    }
    text += `${JSON.stringify({ totals: tally.totals() })}\n`;
    await file.writeFile(sealFrame(framing, { index, text, isLast: true }));
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
  await file.close();
  await rename(part, path);
  await syncFolder(dirname(path));
  return tally.totals();
}

/** The name too must survive a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
