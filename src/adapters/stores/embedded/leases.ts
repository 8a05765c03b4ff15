import type { Leases } from "../../../app/ports.ts";

/** One process has the whole store: it holds whatever it asks for. */
export function createLeases(): Leases {
  const held = new Map<string, number>();
  let fence = 0;
  return {
    async hold(name) {
      const number = held.get(name) ?? ++fence;
      held.set(name, number);
      return number;
    },
    async release(name) {
      held.delete(name);
    },
  };
}
