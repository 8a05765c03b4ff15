import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

/**
 * The file: a first line of plain JSON (the header), then frames. A frame is its length (4 bytes, of what follows the
 * flag), a flag (1: the last frame), a tag (16) and the sealed text: whole lines of JSON, one row each.
 *
 * Each frame is sealed with AES-256-GCM under its number as the nonce, bound to the header and to its flag: frames
 * cannot be changed, dropped, repeated, swapped or taken from another file, and the end cannot be cut off unseen.
 */
export const LENGTH_BYTES = 4;
export const FRAME_HEAD = LENGTH_BYTES + 1;
const TAG_BYTES = 16;
/** A frame holds about this much; one row may make it longer. */
export const FRAME_BYTES = 128 * 1024;
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

export interface Framing {
  readonly key: Uint8Array;
  readonly header: string;
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 4);
  return nonce;
}

function boundTo({ header }: Framing, isLast: boolean): Buffer {
  return Buffer.concat([createHash("sha256").update(header).digest(), Buffer.from([isLast ? 1 : 0])]);
}

export function sealFrame(
  framing: Framing,
  { index, text, isLast }: { readonly index: number; readonly text: string; readonly isLast: boolean },
): Buffer {
  const cipher = createCipheriv("aes-256-gcm", framing.key, nonceOf(index));
  cipher.setAAD(boundTo(framing, isLast));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  const head = Buffer.alloc(FRAME_HEAD);
  head.writeUInt32BE(TAG_BYTES + body.length, 0);
  head[LENGTH_BYTES] = isLast ? 1 : 0;
  return Buffer.concat([head, cipher.getAuthTag(), body]);
}

/** Throws when the frame was changed, or stood in another place or file. */
export function openFrame(
  framing: Framing,
  {
    index,
    sealed,
    isLast,
  }: { readonly index: number; readonly sealed: Uint8Array; readonly isLast: boolean },
): string {
  const decipher = createDecipheriv("aes-256-gcm", framing.key, nonceOf(index));
  decipher.setAAD(boundTo(framing, isLast));
  decipher.setAuthTag(sealed.subarray(0, TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(TAG_BYTES)), decipher.final()]).toString("utf8");
}
