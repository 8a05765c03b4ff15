import type { Clock, OnDamage } from "../../../app/ports.ts";
import type { Keys } from "./keys.ts";
import type { Link } from "./link.ts";
import type { Sealer } from "./sealer.ts";
import type { WakeUps } from "./wake-ups.ts";

/** How long a message or act id is remembered. Telegram and Zalo redeliver for hours, a page for days. */
export const DEDUPE_WINDOW_MS = 7 * 24 * 3600 * 1000;

/** What the parts of the Redis store share. */
export interface RedisParts {
  readonly link: Link;
  readonly keys: Keys;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  /** Unique to this opened store: its name in leases. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly parallel: number;
  readonly inboxLimit: number;
  /** A stored record could not be read. */
  readonly onDamage: OnDamage;
  /** Something was erased, and should leave the files of Redis too. */
  readonly onErased: () => void;
  /** Something went wrong that will be tried again: nobody has to act on it, somebody may want to know. */
  readonly onTrouble: (event: string, cause: unknown) => void;
}

/** What moving a store needs of them. */
export type MoveParts = Pick<RedisParts, "link" | "keys" | "sealer" | "clock">;
