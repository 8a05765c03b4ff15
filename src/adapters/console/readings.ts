import type { Clock } from "../../app/ports.ts";

const LASTS_MS = 10 * 60_000;
const MOST = 10_000;

/** A page asks for a case's lines again and again; one line in the audit log stands for ten minutes of it. */
export function createReadings(clock: Clock): { isNew(reading: string): boolean } {
  const notedAt = new Map<string, number>();
  return {
    isNew(reading) {
      const now = clock.now();
      const isNew = now - (notedAt.get(reading) ?? Number.NEGATIVE_INFINITY) >= LASTS_MS;
      if (isNew && notedAt.size >= MOST) notedAt.clear();
      if (isNew) notedAt.set(reading, now);
      return isNew;
    },
  };
}
