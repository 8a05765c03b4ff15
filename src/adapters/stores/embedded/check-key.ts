import type { KeyValue } from "./key-value.ts";
import { keys } from "./keys.ts";

/**
 * With another key nothing opens, and all of it would look damaged. So the key proves itself first, on a row of its
 * own, or on what is there where an older version made the store.
 */
export function checkKey(db: KeyValue): void {
  const isKnown = db.keys(keys.keyCheck(), `${keys.keyCheck()}!`).length > 0;
  const samples = ["conv/", "name/", "in/"].flatMap((prefix) =>
    db.keys(prefix, `${prefix.slice(0, -1)}0`, 3),
  );
  const proofs = isKnown ? [keys.keyCheck()] : samples;
  if (proofs.length > 0 && !proofs.some((key) => opens(db, key)))
    throw new Error("STORE_KEY or store.key is not the one that this store was filled with");
  // Where it cannot be written, nothing else can: the first message will say so.
  // Written anew at each start: from then on nobody opens the store who lacks the key that is current now.
  db.transact((writer) => writer.put(keys.keyCheck(), 1)).catch(() => {});
}

function opens(db: KeyValue, key: string): boolean {
  try {
    db.get(key);
    return true;
  } catch {
    return false;
  }
}
