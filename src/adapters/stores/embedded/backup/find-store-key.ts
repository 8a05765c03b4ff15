import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type KeyRing, parseKeyRing } from "../key-ring.ts";

/**
 * What the store of `directory` is sealed with: given as text, or in its key file. Null when there is neither. Unlike
 * the server it never makes one: a new key would open nothing that is there.
 */
export function findStoreKey(directory: string, given?: string): KeyRing | null {
  const file = join(directory, "store.key");
  const text = given ?? (existsSync(file) ? readFileSync(file, "utf8") : null);
  return text === null ? null : parseKeyRing(text);
}
