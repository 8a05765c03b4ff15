/** How tries at codes are slowed: a few are free, then each failure doubles the wait, and a quiet time forgives all. */
export interface Tries {
  readonly failures: number;
  /** No try is looked at before this; milliseconds since 1970. */
  readonly openAt: number;
  readonly lastAt: number;
}

export interface WaitRule {
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
  readonly forgiveMs: number;
}

export const NO_TRIES: Tries = { failures: 0, openAt: 0, lastAt: 0 };

/** Milliseconds until the next try may be made; 0 when it may be made now. */
export function waitOf(tries: Tries, now: number): number {
  return Math.max(0, tries.openAt - now);
}

export function afterFailure(tries: Tries, now: number, rule: WaitRule): Tries {
  const isForgiven = now - tries.lastAt > rule.forgiveMs;
  const failures = (isForgiven ? 0 : tries.failures) + 1;
  const beyond = failures - rule.free;
  const waitMs = beyond < 0 ? 0 : Math.min(rule.longestMs, rule.firstMs * 2 ** Math.min(beyond, 20));
  return { failures, openAt: now + waitMs, lastAt: now };
}
