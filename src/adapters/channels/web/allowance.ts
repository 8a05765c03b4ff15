import type { Clock } from "../../../app/ports.ts";

export interface Allowance {
  take(): boolean;
}

/** A token bucket: `burst` at once, then `perSecond`. A person who floods slows only themself. */
export function createAllowance(rule: {
  readonly burst: number;
  readonly perSecond: number;
  readonly clock: Clock;
}): Allowance {
  let left = rule.burst;
  let at = rule.clock.now();
  return {
    take() {
      const now = rule.clock.now();
      left = Math.min(rule.burst, left + ((now - at) / 1000) * rule.perSecond);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
