import type { Clock } from "../../app/ports.ts";

const WINDOW_MS = 15 * 60 * 1000;
const MAX_FAILURES = 10;
const MAX_NAMES = 10_000;

/** Slows down guessing: after ten failures for a name within a quarter of an hour, even the right password waits. */
export function createAttempts(clock: Clock): {
  isBlocked(name: string): boolean;
  failed(name: string): void;
  succeeded(name: string): void;
} {
  const failures = new Map<string, { count: number; since: number }>();
  const fresh = (name: string) => {
    const known = failures.get(name);
    return known !== undefined && clock.now() - known.since < WINDOW_MS ? known : null;
  };
  return {
    isBlocked: (name) => (fresh(name)?.count ?? 0) >= MAX_FAILURES,
    failed(name) {
      const known = fresh(name);
      if (known !== null) known.count++;
      else failures.set(name, { count: 1, since: clock.now() });
      const oldest = failures.keys().next().value;
      if (failures.size > MAX_NAMES && oldest !== undefined) failures.delete(oldest);
    },
    succeeded: (name) => void failures.delete(name),
  };
}
