/**
 * Runs jobs one at a time and in order within a lane (a conversation), in parallel across lanes.
 * A job that asks to be tried again keeps its place: nothing behind it in the lane overtakes.
 */
export interface SerialLanes<Job> {
  add(lane: string, job: Job): void;
  /** Jobs waiting or running. */
  size(): number;
  stop(): Promise<void>;
}

/** How long to wait before the same job is tried again, or null when it is done. */
export type Again = { readonly afterMs: number } | null;

export function createSerialLanes<Job>(
  run: (job: Job, attempt: number) => Promise<Again>,
  limits: { readonly parallel: number },
): SerialLanes<Job> {
  const lanes = new Map<string, Job[]>();
  const ready: string[] = [];
  const pauses = new Set<() => void>();
  let running = 0;
  let waiting = 0;
  let stopped = false;
  let idle: (() => void) | null = null;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        pauses.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      pauses.add(done);
    });

  async function work(lane: string, job: Job): Promise<void> {
    for (let attempt = 0; !stopped; attempt++) {
      const again = await run(job, attempt);
      if (again === null) {
        lanes.get(lane)?.shift();
        waiting--;
        return;
      }
      await pause(again.afterMs);
    }
  }

  function next(): void {
    while (!stopped && running < limits.parallel) {
      const lane = ready.shift();
      if (lane === undefined) break;
      const job = lanes.get(lane)?.[0];
      if (job === undefined) {
        lanes.delete(lane);
        continue;
      }
      running++;
      void work(lane, job).finally(() => {
        running--;
        if ((lanes.get(lane)?.length ?? 0) > 0) ready.push(lane);
        else lanes.delete(lane);
        next();
      });
    }
    if (running === 0) idle?.();
  }

  return {
    add(lane, job) {
      if (stopped) return;
      waiting++;
      const queue = lanes.get(lane);
      if (queue === undefined) {
        lanes.set(lane, [job]);
        ready.push(lane);
      } else {
        queue.push(job);
      }
      next();
    },
    size: () => waiting,
    async stop() {
      stopped = true;
      for (const wake of [...pauses]) wake();
      if (running > 0) await new Promise<void>((resolve) => (idle = resolve));
    },
  };
}
