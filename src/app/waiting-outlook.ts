import { z } from "zod";
import type { Handoff } from "../domain/handoff/handoff.ts";
import {
  OF_LATE_MS,
  type Outlook,
  outlookOf,
  UNKNOWN_OUTLOOK,
  type Wait,
} from "../domain/staffing/outlook.ts";
import { RiskLevel } from "../domain/taxonomy/risk.ts";
import type { Clock, Logger, Store } from "./ports.ts";
import { isPresent, type Presence } from "./presence.ts";

export interface WaitingOutlook {
  /** Up to a few seconds old. Never rejects: what cannot be read is not known. */
  now(): Promise<Outlook>;
  /** Somebody has just been reached. Never rejects. */
  claimed(handoff: Handoff): Promise<void>;
}

const SHELF = "waits-of-late";
const MOST_KEPT = 60;
const FRESH_MS = 5000;
const Kept = z.array(
  z.strictObject({ level: RiskLevel, at: z.number(), waitedMs: z.number().nonnegative() }),
);

/** Who is there and how long people waited, for whoever is put in the queue. Holds levels and times, no word and no id. */
export function createWaitingOutlook(deps: {
  readonly store: Pick<Store, "accounts" | "handoffs" | "shelf">;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly log: Logger;
}): WaitingOutlook {
  const { store, presence, clock, log } = deps;
  let known: { readonly at: number; readonly outlook: Promise<Outlook> } | null = null;

  async function look(): Promise<Outlook> {
    const now = clock.now();
    const [kept, open, accounts] = await Promise.all([
      readKept(),
      store.handoffs.open(),
      store.accounts.all(),
    ]);
    const seen = await Promise.all(accounts.map(({ id }) => presence.seenAt(id)));
    const waiting = open
      .filter(({ status }) => status === "waiting")
      .map(({ risk, requestedAt }): Wait => ({ level: risk.level, at: now, waitedMs: now - requestedAt }));
    return outlookOf(
      [...kept, ...waiting],
      seen.some((at) => isPresent(at, now)),
      now,
    );
  }

  async function readKept(): Promise<Wait[]> {
    const parsed = Kept.safeParse(await store.shelf.get(SHELF));
    return parsed.success ? parsed.data : [];
  }

  return {
    now() {
      if (known === null || clock.now() - known.at > FRESH_MS || clock.now() < known.at) {
        const outlook = look().catch((cause: unknown) => {
          log.warn("outlook-not-read", { cause });
          return UNKNOWN_OUTLOOK;
        });
        known = { at: clock.now(), outlook };
      }
      return known.outlook;
    },
    async claimed({ risk, requestedAt }) {
      try {
        const now = clock.now();
        const fresh = { level: risk.level, at: now, waitedMs: Math.max(0, now - requestedAt) };
        // Two claims in one moment may keep one of them: it is an estimate.
        await store.shelf.put(SHELF, [...(await readKept()), fresh].slice(-MOST_KEPT), OF_LATE_MS);
      } catch (cause) {
        log.warn("wait-not-kept", { cause });
      }
    },
  };
}
