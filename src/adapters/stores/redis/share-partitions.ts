import type { Stopper } from "../../../app/ports.ts";
import type { RedisParts } from "./deps.ts";
import { ALL_PARTITIONS, PARTITIONS, type Side } from "./keys.ts";
import { createPause } from "./pause.ts";
import { bytesOrNull, number } from "./reply.ts";
import { ACQUIRE_LEASE } from "./scripts/acquire-lease.ts";
import { JOIN_MEMBERS } from "./scripts/join-members.ts";
import { RELEASE_LEASE } from "./scripts/release-lease.ts";
import { RENEW_LEASE } from "./scripts/renew-lease.ts";

/** The right to work on a partition, until it lapses. Redis checks the token again at every commit. */
export interface Lease {
  readonly partition: number;
  /** "who|fencing number" */
  readonly token: string;
  isHeld(): boolean;
}

/** What is done with the partitions that this process holds. */
export interface PartitionWork {
  /** Read from the first row on: what a crash left comes first. */
  begin(lease: Lease): void;
  look(partition: number): void;
  lastRead(partition: number): string;
  /** Take nothing more. */
  leave(partition: number): void;
  /** Resolves when nothing of the partition is under way. */
  quiet(partition: number): Promise<void>;
}

interface Held {
  readonly lease: Lease;
  validUntil: number;
  leaving: boolean;
}

/** A turn that has not ended by then never will: the partition is worth more than waiting for it. */
const QUIET_LIMIT_MS = 30_000;
const NUDGE_GAP_MS = 25;

/**
 * Shares the partitions of one side evenly among the processes that serve it. A process that stops answering loses
 * its leases after `leaseMs` and the others take them over; one that joins is given its share as soon as the turns
 * under way there have ended.
 */
export function sharePartitions(parts: RedisParts, side: Side, work: PartitionWork): Stopper {
  const { link, keys, owner, leaseMs, onTrouble } = parts;
  const held = new Map<number, Held>();
  const resting = new Set<number>();
  const pause = createPause();
  let stopping = false;
  let nudged = false;
  let hasLost = false;

  async function acquire(partition: number): Promise<boolean> {
    const startedAt = performance.now();
    const reply = await link.run(
      ACQUIRE_LEASE,
      [keys.lease(partition, side), keys.fence(partition, side)],
      [owner, leaseMs],
    );
    const token = bytesOrNull(reply)?.toString();
    if (token === undefined) return false;
    const isHeld = () => held.get(partition) === mine && performance.now() < mine.validUntil;
    const mine: Held = {
      lease: { partition, token, isHeld },
      validUntil: lapseAfter(startedAt),
      leaving: false,
    };
    held.set(partition, mine);
    work.begin(mine.lease);
    return true;
  }

  /** A little before Redis lets it lapse, by our own clock, counted from before we asked. */
  const lapseAfter = (startedAt: number) => startedAt + leaseMs * 0.9;

  async function renew(partition: number, mine: Held): Promise<void> {
    const startedAt = performance.now();
    const args = [mine.lease.token, leaseMs, work.lastRead(partition)];
    try {
      const state = number(
        await link.run(RENEW_LEASE, [keys.lease(partition, side), keys.stream(partition, side)], args),
      );
      if (state === -1) return lose(partition, mine);
      mine.validUntil = lapseAfter(startedAt);
      if (state === 1 && !mine.leaving) work.look(partition);
    } catch {
      if (performance.now() >= mine.validUntil) lose(partition, mine);
    }
  }

  function lose(partition: number, mine: Held): void {
    if (held.get(partition) !== mine) return;
    held.delete(partition);
    work.leave(partition);
    hasLost = true;
    // Taken again only when the turns of the old lease have ended: one at a time within a conversation.
    resting.add(partition);
    void ended(partition).then(() => resting.delete(partition));
  }

  async function ended(partition: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, QUIET_LIMIT_MS);
      timer.unref();
    });
    await Promise.race([work.quiet(partition), limit]);
    clearTimeout(timer);
  }

  async function release(partition: number, mine: Held): Promise<void> {
    if (held.get(partition) === mine) held.delete(partition);
    await link.run(RELEASE_LEASE, [keys.lease(partition, side), keys.wake(partition)], [mine.lease.token]);
  }

  function giveBack(surplus: number): void {
    const staying = [...held].filter(([, mine]) => !mine.leaving);
    for (const [partition, mine] of staying.slice(0, Math.max(0, surplus))) {
      mine.leaving = true;
      work.leave(partition);
      void ended(partition)
        .then(() => release(partition, mine))
        .catch((cause: unknown) => onTrouble("lease-release-failed", cause));
    }
  }

  async function acquireFree(wanted: number): Promise<void> {
    const start = Math.floor(Math.random() * PARTITIONS);
    const order = [...ALL_PARTITIONS.slice(start), ...ALL_PARTITIONS.slice(0, start)];
    const free = order.filter((partition) => !held.has(partition) && !resting.has(partition));
    let missing = wanted;
    for (let next = 0; missing > 0 && next < free.length && !stopping; ) {
      const batch = free.slice(next, next + missing);
      next += batch.length;
      const taken = await Promise.all(batch.map(acquire));
      missing -= taken.filter(Boolean).length;
    }
  }

  async function beat(): Promise<void> {
    const members = Math.max(1, number(await link.run(JOIN_MEMBERS, [keys.members(side)], [owner, leaseMs])));
    await Promise.all([...held].map(([partition, mine]) => renew(partition, mine)));
    const share = Math.ceil(PARTITIONS / members);
    const staying = [...held.values()].filter((mine) => !mine.leaving).length;
    if (staying > share) giveBack(staying - share);
    else if (staying < share) await acquireFree(share - staying);
  }

  async function keepSharing(): Promise<void> {
    while (!stopping) {
      nudged = false;
      await beat().catch((cause: unknown) => onTrouble("lease-beat-failed", cause));
      const now = performance.now();
      for (const [partition, mine] of [...held]) if (now >= mine.validUntil) lose(partition, mine);
      if (hasLost) onTrouble("leases-lost", null);
      hasLost = false;
      if (!stopping) await pause.wait(nudged ? NUDGE_GAP_MS : leaseMs / 4);
    }
  }

  const silence = parts.wakeUps.listen(({ partition, kind }) => {
    if (kind === side && held.get(partition)?.leaving === false) work.look(partition);
    if (kind !== "free" || stopping) return;
    nudged = true;
    pause.end();
  });
  const sharing = keepSharing();

  return {
    /** Call when the work itself has stopped. */
    async stop() {
      stopping = true;
      silence();
      pause.end();
      await sharing;
      // First no longer counted, then free: whoever hears of it takes everything at once.
      const goodbye = link.run(JOIN_MEMBERS, [keys.members(side)], [owner, 0]);
      await goodbye.catch((cause: unknown) => onTrouble("lease-release-failed", cause));
      const releases = [...held].map(([partition, mine]) => release(partition, mine));
      for (const result of await Promise.allSettled(releases)) {
        if (result.status === "rejected") onTrouble("lease-release-failed", result.reason);
      }
    },
  };
}
