import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what rests on disk. AES-256-GCM with a random nonce; the row's key is bound in, so rows cannot be swapped. */
export interface Sealer {
  seal(value: unknown, boundTo: string): Buffer;
  /** Throws when the bytes were changed or sealed for another row or key. */
  open(bytes: Uint8Array, boundTo: string): unknown;
}

export function createSealer(key: Uint8Array): Sealer {
  if (key.length !== 32) throw new RangeError("the store key must have 32 bytes");
  return {
    seal(value, boundTo) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(Buffer.from(boundTo));
      const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(bytes, boundTo) {
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(boundTo));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return JSON.parse(Buffer.concat([body, decipher.final()]).toString("utf8")) as unknown;
    },
  };
}
