import type { Allowance } from "./allowance.ts";

const MAX_KNOWN = 50_000;

/** An allowance for each name, made when it is first seen; the ones not seen for longest are forgotten first. */
export function createKeyedAllowances(make: () => Allowance): (name: string) => Allowance {
  const known = new Map<string, Allowance>();
  return (name) => {
    const found = known.get(name) ?? make();
    known.delete(name);
    known.set(name, found);
    const oldest = known.keys().next().value;
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
