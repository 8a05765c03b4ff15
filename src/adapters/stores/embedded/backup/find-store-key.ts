import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The 32 bytes that the store of `directory` is sealed with: given in base64, or in its key file. Null when there is
 * neither. Unlike the server it never makes one: a new key would open nothing that is there.
 */
export function findStoreKey(directory: string, given?: string): Buffer | null {
  const file = join(directory, "store.key");
  const text = given ?? (existsSync(file) ? readFileSync(file, "utf8") : null);
  if (text === null) return null;
  const key = Buffer.from(text.trim(), "base64");
  return key.length === 32 ? key : null;
}
