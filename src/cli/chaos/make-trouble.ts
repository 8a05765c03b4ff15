import type { Person } from "./person.ts";
import type { RedisSet } from "./redis-set.ts";
import type { Target } from "./target.ts";
import type { World } from "./world.ts";

/** How often each was done. */
export interface Troubles {
  killed: number;
  frozen: number;
  cut: number;
  redisKilled: number;
  redisFrozen: number;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Past the lease of a partition (5 s): the frozen process wakes up and finds its work taken over. */
const LONG_FREEZE_MS = 6500;
const SHORT_FREEZE_MS = 1500;
/** Until a replica has surely taken the place of its master. */
const PAST_FAILOVER_MS = 8000;

/** Breaks one thing after the other at random until it is over; at its end everything runs again. */
export async function makeTrouble(
  world: World,
  people: readonly Person[],
  {
    random,
    isOver,
    rest,
  }: {
    readonly random: () => number;
    readonly isOver: () => boolean;
    /** How much longer than usual things are left alone in between. */
    readonly rest: number;
  },
): Promise<Troubles> {
  const troubles: Troubles = { killed: 0, frozen: 0, cut: 0, redisKilled: 0, redisFrozen: 0 };
  const underWay = new Set<Promise<void>>();
  const begin = (work: Promise<void>) => {
    const tracked = work.finally(() => underWay.delete(tracked));
    // A process that does not start again must end the run, not the process that watches.
    tracked.catch(() => {});
    underWay.add(tracked);
  };
  const pick = (targets: readonly Target[]) => {
    const up = targets.filter((target) => target.isUp());
    return up[Math.floor(random() * up.length)];
  };

  function breakServer(): void {
    const target = pick(world.servers);
    if (target === undefined) return;
    if (random() < 0.6) {
      troubles.killed++;
      begin(target.crash(random() * 1500));
    } else {
      troubles.frozen++;
      begin(target.freeze(random() < 0.3 ? LONG_FREEZE_MS : random() * SHORT_FREEZE_MS));
    }
  }

  async function breakRedis(redis: RedisSet): Promise<void> {
    // While one is missing, or not yet in step, none other is taken away: that is as much as a set of them promises.
    const target = pick(await redis.masters());
    if (target === undefined || isOver()) return;
    const isSet = redis.kind !== "redis";
    if (random() < 0.5) {
      troubles.redisKilled++;
      begin(target.crash(isSet ? PAST_FAILOVER_MS : random() * 500));
    } else {
      troubles.redisFrozen++;
      begin(target.freeze(isSet && random() < 0.5 ? PAST_FAILOVER_MS : random() * SHORT_FREEZE_MS));
    }
  }

  while (!isOver()) {
    await pause(rest * (700 + random() * 1800));
    if (isOver()) break;
    const dice = random();
    if (dice < 0.35) {
      for (const person of people) {
        if (random() > 0.4) continue;
        person.cut();
        troubles.cut++;
      }
    } else if (dice < 0.5 && world.redis !== null) await breakRedis(world.redis);
    else breakServer();
  }
  await Promise.all(underWay);
  return troubles;
}
