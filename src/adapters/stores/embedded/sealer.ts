import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { allKeys, type RingKey, ringOf, type StoreKey } from "./key-ring.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 4;
/** Begins all that a version with a ring has sealed; then the id of the key, nonce, tag, and what was sealed. */
const MAGIC = Buffer.from([0x4b, 0x42, 0x01]);
const HEADER_BYTES = MAGIC.length + ID_BYTES;

/** Encrypts what rests on disk. AES-256-GCM with a random nonce; the row's key is bound in, so rows cannot be swapped. */
export interface Sealer {
  seal(value: unknown, boundTo: string): Buffer;
  /** Throws when the bytes were changed or sealed for another row or key. */
  open(bytes: Uint8Array, boundTo: string): unknown;
  /** Whether the bytes name the key that is sealed with now; says nothing about whether they open. */
  isCurrent(bytes: Uint8Array): boolean;
}

/** Seals with the current key of the ring, opens with any of them, and what was sealed before there were rings. */
export function createSealer(storeKey: StoreKey): Sealer {
  const ring = ringOf(storeKey);
  const keys = allKeys(ring);
  const header = Buffer.concat([MAGIC, ring.current.id]);
  const isCurrent = (bytes: Uint8Array) => header.equals(bytes.subarray(0, HEADER_BYTES));
  return {
    isCurrent,
    seal(value, boundTo) {
      const text = Buffer.from(JSON.stringify(value));
      return Buffer.concat([header, encrypt(text, ring.current.key, bond(header, boundTo))]);
    },
    open(bytes, boundTo) {
      return JSON.parse(openAny(keys, bytes, boundTo).toString("utf8")) as unknown;
    },
  };
}

function openAny(keys: readonly RingKey[], bytes: Uint8Array, boundTo: string): Buffer {
  const header = bytes.subarray(0, HEADER_BYTES);
  const named = keys.find(
    ({ id }) => MAGIC.equals(header.subarray(0, MAGIC.length)) && id.equals(header.subarray(MAGIC.length)),
  );
  if (named !== undefined) {
    try {
      return decrypt(bytes.subarray(HEADER_BYTES), named.key, bond(header, boundTo));
    } catch (error) {
      // Bytes from before the ring begin with chance: once in 2^56 they look like a header.
      if (bytes.length < NONCE_BYTES + TAG_BYTES) throw error;
    }
  }
  let failure: unknown = new Error("nothing to open it with");
  for (const { key } of keys) {
    try {
      return decrypt(bytes, key, Buffer.from(boundTo));
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const bond = (header: Uint8Array, boundTo: string) => Buffer.concat([header, Buffer.from(boundTo)]);

/** Nonce, tag, and the sealed bytes. */
export function encrypt(text: Uint8Array, key: Uint8Array, boundTo: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(boundTo);
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

export function decrypt(bytes: Uint8Array, key: Uint8Array, boundTo: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(boundTo);
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
