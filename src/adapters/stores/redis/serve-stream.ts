import type { Stopper } from "../../../app/ports.ts";
import type { RedisParts } from "./deps.ts";
import type { Side } from "./keys.ts";
import { type Again, createLanes } from "./lanes.ts";
import { type StreamRow, streamRows } from "./reply.ts";
import { type Lease, type PartitionWork, sharePartitions } from "./share-partitions.ts";

export interface StreamService<Job> {
  readonly side: Side;
  read(row: StreamRow): { readonly lane: string; readonly job: Job };
  run(
    job: Job,
    by: { readonly attempt: number; readonly lease: Lease; readonly next: () => Job | undefined },
  ): Promise<Again>;
}

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 10_000;
export const retryAfter = (attempt: number) =>
  Math.min(RETRY_FIRST_MS * 2 ** Math.min(attempt, 10), RETRY_MAX_MS);

const BATCH = 256;
const NOT_OURS_MS = 50;

/** Reads the streams of the partitions that are ours and runs their rows, in order within a conversation. */
export function serveStream<Job>(
  parts: RedisParts,
  service: StreamService<Job>,
): Stopper & { look(partition: number): void } {
  interface Reading {
    readonly lease: Lease;
    lastRead: string;
    busy: boolean;
    again: boolean;
  }
  const { link, keys, onTrouble } = parts;
  const readings = new Map<number, Reading>();
  let stopped = false;
  const lanes = createLanes<{ job: Job; lease: Lease }>(
    // A lapsed lease is not worked under: another process may be at the same row already.
    async ({ job, lease }, { attempt, next }) =>
      lease.isHeld()
        ? service.run(job, { attempt, lease, next: () => next()?.job })
        : { afterMs: NOT_OURS_MS },
    { parallel: parts.parallel },
  );

  async function readBatch(partition: number, reading: Reading): Promise<boolean> {
    const stream = keys.stream(partition, service.side);
    const rows = streamRows(
      await link.send(stream, ["XRANGE", stream, `(${reading.lastRead}`, "+", "COUNT", BATCH]),
    );
    if (readings.get(partition) !== reading || stopped) return false;
    for (const row of rows) {
      reading.lastRead = row.place;
      try {
        const { lane, job } = service.read(row);
        lanes.add({ partition, lane, job: { job, lease: reading.lease } });
      } catch (cause) {
        // One row that cannot be opened stays where it is and must not hold up everybody else.
        onTrouble("row-unreadable", cause);
      }
    }
    return rows.length === BATCH;
  }

  async function readOn(partition: number, reading: Reading): Promise<void> {
    if (reading.busy) {
      reading.again = true;
      return;
    }
    reading.busy = true;
    try {
      do {
        reading.again = false;
        while (await readBatch(partition, reading));
      } while (reading.again);
    } catch (cause) {
      onTrouble("stream-read-failed", cause);
    } finally {
      reading.busy = false;
    }
  }

  const look = (partition: number) => {
    const reading = readings.get(partition);
    if (reading !== undefined && !stopped) void readOn(partition, reading);
  };
  const work: PartitionWork = {
    begin(lease) {
      readings.set(lease.partition, { lease, lastRead: "0-0", busy: false, again: false });
      look(lease.partition);
    },
    look,
    lastRead: (partition) => readings.get(partition)?.lastRead ?? "0-0",
    leave(partition) {
      readings.delete(partition);
      lanes.drop(partition);
    },
    quiet: (partition) => lanes.quiet(partition),
  };
  const sharing = sharePartitions(parts, service.side, work);

  return {
    look,
    async stop() {
      if (stopped) return;
      stopped = true;
      // Leases are kept while the last turns end, else their commits would be refused.
      await lanes.stop();
      await sharing.stop();
    },
  };
}
