import { z } from "zod";
import type { CounsellorId } from "../domain/kernel/ids.ts";
import type { Clock, Settings } from "./ports.ts";

/** When each counsellor's console was last heard of, kept where every process and the next start can read it. */
export interface Presence {
  /** The console of this counsellor is there now. Durable once resolved. */
  seen(id: CounsellorId): Promise<void>;
  /** Milliseconds since 1970; null when nothing was heard of them yet. */
  seenAt(id: CounsellorId): Promise<number | null>;
}

/** Every open console is heard of twice in this time, in milliseconds. */
const PRESENT_MS = 60_000;

export function isPresent(seenAt: number | null, now: number): boolean {
  return seenAt !== null && now - seenAt < PRESENT_MS;
}

const At = z.number().int().nonnegative();
const nameOf = (id: CounsellorId) => `presence.${id}`;

export function createPresence(settings: Settings, clock: Clock): Presence {
  return {
    seen: (id) => settings.put(nameOf(id), clock.now()),
    async seenAt(id) {
      const stored = At.safeParse(await settings.get(nameOf(id)));
      return stored.success ? stored.data : null;
    },
  };
}
