import type { Child } from "./child.ts";

const MOST_STARTS = 20;
const BETWEEN_STARTS_MS = 1000;

/** One process of ours that may be killed, frozen and started again. */
export interface Target {
  readonly name: string;
  /** True while nothing was done to it. */
  isUp(): boolean;
  /** `kill -9`, then started again after `pauseMs`. */
  crash(pauseMs: number): Promise<void>;
  /** SIGSTOP for `forMs`, then SIGCONT. */
  freeze(forMs: number): Promise<void>;
}

export interface Running {
  readonly name: string;
  current: Child;
  readonly again: () => Promise<Child>;
}

export function targetOf(running: Running): Target {
  let isUp = true;
  const meanwhile = async (work: () => Promise<void>) => {
    isUp = false;
    try {
      await work();
    } finally {
      isUp = true;
    }
  };
  return {
    name: running.name,
    isUp: () => isUp,
    crash: (pauseMs) =>
      meanwhile(async () => {
        running.current.signal("SIGKILL");
        await running.current.ended();
        await pause(pauseMs);
        running.current = await startAgain(running);
      }),
    freeze: (forMs) =>
      meanwhile(async () => {
        running.current.signal("SIGSTOP");
        await pause(forMs);
        running.current.signal("SIGCONT");
      }),
  };
}

/** As a supervisor does: a server that finds no store yet says so and ends, and is started once more. */
async function startAgain({ again }: Running): Promise<Child> {
  for (let tries = 1; ; tries++) {
    try {
      return await again();
    } catch (error) {
      if (tries === MOST_STARTS) throw error;
      await pause(BETWEEN_STARTS_MS);
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
