import type { Clock, Leases, Paces } from "../../../app/ports.ts";

/** One process: whoever asks first has the lease until it gives it back or lets it lapse. */
export function createLocalLeases(clock: Clock): Leases {
  const held = new Map<string, { readonly holder: string; readonly until: number }>();
  return {
    async take(name, holder, forMs) {
      const now = clock.now();
      const present = held.get(name);
      if (present !== undefined && present.holder !== holder && present.until > now) return false;
      held.set(name, { holder, until: now + forMs });
      return true;
    },
    async giveBack(name, holder) {
      if (held.get(name)?.holder === holder) held.delete(name);
    },
  };
}

const MANY_LINES = 10_000;

export function createLocalPaces(clock: Clock): Paces {
  // When the next place would be due if all had been taken evenly.
  const dueAt = new Map<string, number>();
  const holds = new Map<string, number>();

  function forget(now: number): void {
    if (dueAt.size <= MANY_LINES) return;
    for (const [name, due] of dueAt) if (due <= now) dueAt.delete(name);
  }

  return {
    async reserve(name, gapMs, burst) {
      const now = clock.now();
      forget(now);
      const due = Math.max(dueAt.get(name) ?? 0, now);
      dueAt.set(name, due + gapMs);
      return Math.max(0, due - now - (burst - 1) * gapMs);
    },
    async hold(name, forMs) {
      holds.set(name, Math.max(holds.get(name) ?? 0, clock.now() + forMs));
    },
    async heldFor(name) {
      return Math.max(0, (holds.get(name) ?? 0) - clock.now());
    },
  };
}
