import type { Clock } from "../../src/app/ports.ts";
import { NOON } from "./builders.ts";

export interface SimulatedClock extends Clock {
  advance(ms: number): void;
}

export function createSimulatedClock(at = NOON): SimulatedClock {
  let now = at;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}
