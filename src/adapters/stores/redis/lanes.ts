/**
 * Runs jobs one at a time and in order within a lane (a conversation), in parallel across lanes. A job that asks
 * to be tried again keeps its place, and gives its turn to other lanes while it waits. Lanes belong to a partition
 * and are forgotten with it, when another process takes it over.
 */
export interface Lanes<Job> {
  add(job: LaneJob<Job>): void;
  /** Forgets what waits in the partition. What runs goes on. */
  drop(partition: number): void;
  /** Resolves when nothing of the partition runs. */
  quiet(partition: number): Promise<void>;
  stop(): Promise<void>;
}

export interface LaneJob<Job> {
  readonly partition: number;
  readonly lane: string;
  readonly job: Job;
}

/** How long to wait before the same job is tried again, or null when it is done. A wish to wait is no failed try. */
export type Again = { readonly afterMs: number; readonly isWish?: true } | null;

/** How often the job has failed, and what waits behind it in its lane. */
export interface JobPlace<Job> {
  readonly attempt: number;
  readonly next: () => Job | undefined;
}

interface Lane<Job> {
  readonly name: string;
  readonly partition: number;
  readonly jobs: Job[];
  attempt: number;
  state: "ready" | "running" | "pausing" | "gone";
  timer: NodeJS.Timeout | null;
}

export function createLanes<Job>(
  run: (job: Job, place: JobPlace<Job>) => Promise<Again>,
  limits: { readonly parallel: number },
): Lanes<Job> {
  const lanes = new Map<string, Lane<Job>>();
  const running = new Map<number, number>();
  const waiters = new Set<() => void>();
  let ready: Lane<Job>[] = [];
  let total = 0;
  let stopped = false;

  const count = (partition: number, by: 1 | -1) => {
    total += by;
    running.set(partition, (running.get(partition) ?? 0) + by);
    if (by === -1) for (const wake of [...waiters]) wake();
  };

  function finish(lane: Lane<Job>, again: Again): void {
    if (lane.state === "gone" || stopped) return;
    if (again !== null) {
      if (again.isWish !== true) lane.attempt++;
      lane.state = "pausing";
      lane.timer = setTimeout(() => makeReady(lane), again.afterMs);
      return;
    }
    lane.jobs.shift();
    lane.attempt = 0;
    if (lane.jobs.length > 0) makeReady(lane);
    else lanes.delete(lane.name);
  }

  function makeReady(lane: Lane<Job>): void {
    if (lane.state === "gone" || stopped) return;
    lane.timer = null;
    lane.state = "ready";
    ready.push(lane);
    next();
  }

  async function work(lane: Lane<Job>, job: Job): Promise<void> {
    lane.state = "running";
    count(lane.partition, 1);
    const again = await run(job, { attempt: lane.attempt, next: () => lane.jobs[1] }).catch(
      (): Again => ({ afterMs: 1000 }),
    );
    count(lane.partition, -1);
    finish(lane, again);
    next();
  }

  function next(): void {
    while (!stopped && total < limits.parallel) {
      const lane = ready.shift();
      if (lane === undefined) return;
      const [job] = lane.jobs;
      if (lane.state === "ready" && job !== undefined) void work(lane, job);
    }
  }

  function until(isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const check = () => {
        if (!isSo()) return;
        waiters.delete(check);
        resolve();
      };
      waiters.add(check);
    });
  }

  function forget(lane: Lane<Job>): void {
    if (lane.timer !== null) clearTimeout(lane.timer);
    lane.state = "gone";
    lane.jobs.length = 0;
    lanes.delete(lane.name);
  }

  return {
    add({ partition, lane: name, job }) {
      if (stopped) return;
      const known = lanes.get(name);
      if (known !== undefined) return void known.jobs.push(job);
      const lane: Lane<Job> = { name, partition, jobs: [job], attempt: 0, state: "ready", timer: null };
      lanes.set(name, lane);
      makeReady(lane);
    },
    drop(partition) {
      for (const lane of [...lanes.values()]) if (lane.partition === partition) forget(lane);
      ready = ready.filter((lane) => lane.state !== "gone");
    },
    quiet: (partition) => until(() => (running.get(partition) ?? 0) === 0),
    async stop() {
      stopped = true;
      for (const lane of [...lanes.values()]) forget(lane);
      await until(() => total === 0);
    },
  };
}
