import { bytes } from "./reply.ts";
import type { Sealer } from "./sealer.ts";

/** What was sealed; null where the bytes do not open (the key of the store itself was checked before). */
export function opened({ sealer }: { readonly sealer: Sealer }, sealed: unknown, bond: string): unknown {
  try {
    return sealer.open(bytes(sealed), bond);
  } catch {
    return null;
  }
}
