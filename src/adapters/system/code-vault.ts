import { hashRaw } from "@node-rs/argon2";
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt } from "node:crypto";
import type { CodeVault } from "../../app/code-vault.ts";

/**
 * argon2id, 32 MiB, three passes: about 0.2 s of one core for each guess. With 40 bits and a key that is not in
 * the data folder, a stolen store gives no code away; with that key too, trying all would take thousands of core-years.
 */
const COST = { memoryCost: 32_768, timeCost: 3, parallelism: 1, outputLen: 64 } as const;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `secret`: 32 bytes that belong to this installation. */
export function createCodeVault(secret: Uint8Array): CodeVault {
  const hmac = (text: string) => createHmac("sha256", secret).update(text).digest();
  const salt = hmac("salt of return codes");
  return {
    async derive(words) {
      const bytes = await hashRaw(words.join(" "), { ...COST, salt, secret });
      const key = bytes.subarray(32);
      return {
        lookup: bytes.subarray(0, 32).toString("base64url"),
        seal(text) {
          const nonce = randomBytes(NONCE_BYTES);
          const cipher = createCipheriv("aes-256-gcm", key, nonce);
          const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
          return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
        },
        open(box) {
          try {
            const sealed = Buffer.from(box, "base64url");
            const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES));
            decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
            const body = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
            return Buffer.concat([body, decipher.final()]).toString("utf8");
          } catch {
            return null;
          }
        },
      };
    },
    sign: (text) => hmac(`sign ${text}`).toString("base64url"),
    pick: (below) => randomInt(below),
  };
}
