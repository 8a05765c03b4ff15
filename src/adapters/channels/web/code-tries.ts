import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "../../../app/ports.ts";
import { afterFailure, NO_TRIES, type Tries, waitOf } from "../../../domain/return-code/growing-waits.ts";
import { createAllowance } from "./allowance.ts";

const EACH = { free: 5, firstMs: 4000, longestMs: 3_600_000, forgiveMs: 24 * 3_600_000 } as const;
// An address is easily changed; this holds whoever asks. 0.05 tries/s are 1.6 million a year, against 1.3 × 10¹² codes.
const ALL = { burst: 60, perSecond: 0.05 } as const;
const ALL_WAIT_MS = 30_000;
const MAX_KNOWN = 20_000;

/** Slows down guessing at codes. Addresses are kept in memory only, and only as a hash with a key of this process. */
export function createCodeTries(clock: Clock): {
  /** Milliseconds to wait before this one may try; 0 takes one try. */
  begin(address: string): number;
  failed(address: string): void;
} {
  const secret = randomBytes(32);
  const known = new Map<string, Tries>();
  const all = createAllowance({ ...ALL, clock });
  const nameOf = (address: string) => createHmac("sha256", secret).update(address).digest("base64url");
  return {
    begin(address) {
      const wait = waitOf(known.get(nameOf(address)) ?? NO_TRIES, clock.now());
      if (wait > 0) return wait;
      return all.take() ? 0 : ALL_WAIT_MS;
    },
    failed(address) {
      const name = nameOf(address);
      const tries = afterFailure(known.get(name) ?? NO_TRIES, clock.now(), EACH);
      known.delete(name);
      known.set(name, tries);
      const oldest = known.keys().next().value;
      if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    },
  };
}
