import { hkdfSync, scryptSync } from "node:crypto";

/** What a move file is encrypted with. */
export type FileSecret =
  | { readonly kind: "store-key"; readonly key: Uint8Array }
  | { readonly kind: "passphrase"; readonly words: string };

/** 128 MiB and about half a second: a guess must cost something. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 } as const;
export const MIN_PASSPHRASE_LENGTH = 16;

/** 32 bytes for one file: the salt is random, so no two files share a key and nonces may simply count. */
export function fileKey(secret: FileSecret, salt: Uint8Array): Buffer {
  if (secret.kind === "store-key")
    return Buffer.from(hkdfSync("sha256", secret.key, salt, "ke-ben move file", 32));
  return scryptSync(secret.words.normalize("NFC"), salt, 32, SCRYPT);
}
