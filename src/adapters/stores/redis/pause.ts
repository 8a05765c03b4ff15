export interface Pause {
  /** Resolves after `ms`, or as soon as `end` is called. */
  wait(ms: number): Promise<void>;
  end(): void;
}

export function createPause(): Pause {
  let wake: (() => void) | null = null;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          wake = null;
          resolve();
        };
        const timer = setTimeout(done, ms);
        wake = done;
      }),
    end: () => wake?.(),
  };
}
