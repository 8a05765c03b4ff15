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

/** How long to wait before the same job is tried again, or null when it is done. A wish to wait is no failed try. */
export type Again = { readonly afterMs: number; readonly isWish?: true } | null;

/** How often the job has failed, and what waits behind it in its lane. */
export interface JobPlace<Job> {
  readonly attempt: number;
  readonly next: () => Job | undefined;
}

export function createSerialLanes<Job>(
  run: (job: Job, place: JobPlace<Job>) => Promise<Again>,
  limits: { readonly parallel: number },
): SerialLanes<Job> {
  const lanes = new Map<string, Job[]>();
  const tries = new Map<string, number>();
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

  /** One try of the job at the head of a lane. A job that must wait gives its place among the running ones away meanwhile. */
  async function work(lane: string, job: Job): Promise<void> {
    const again = await run(job, { attempt: tries.get(lane) ?? 0, next: () => lanes.get(lane)?.[1] });
    if (again === null) {
      lanes.get(lane)?.shift();
      tries.delete(lane);
      waiting--;
      settle(lane);
      return;
    }
    if (again.isWish !== true) tries.set(lane, (tries.get(lane) ?? 0) + 1);
    void pause(again.afterMs).then(() => {
      settle(lane);
      next();
    });
  }

  function settle(lane: string): void {
    if ((lanes.get(lane)?.length ?? 0) > 0) ready.push(lane);
    else lanes.delete(lane);
  }

  function next(): void {
    while (!stopped && running < limits.parallel) {
      const lane = ready.shift();
      if (lane === undefined) break;
      const job = lanes.get(lane)?.[0];
      if (job === undefined) continue;
      running++;
      void work(lane, job).finally(() => {
        running--;
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
