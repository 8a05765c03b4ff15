import { z } from "zod";
import { CounsellorId } from "../domain/kernel/ids.ts";
import { isPresent, type Presence } from "./presence.ts";
import type { Clock, EventBus, Ids, Leases, Logger, Metrics, Shelf, Stopper, Store } from "./ports.ts";

/** A trial of the alarm: it rings like an emergency and says that it is none. Whoever hears it says so. */
export interface Drill {
  readonly id: string;
  readonly at: number;
}

const Kept = z.strictObject({
  id: z.string(),
  at: z.number(),
  /** Null while nobody has said that they heard it. */
  heard: z.strictObject({ by: CounsellorId, at: z.number() }).nullable(),
});
type Kept = z.infer<typeof Kept>;

const NAME = "drill";
const LEASE = "drill";
const LEASE_MS = 30_000;
const LOOK_EVERY_MS = 30_000;
/** Longer than a real alarm may take to reach the second channel. */
export const ANSWER_WITHIN_MS = 2 * 60_000;
/** After this it is over, heard or not: a bell that rings for hours is switched off. */
const RINGS_MS = 10 * 60_000;
const KEEP_MS = 60 * 24 * 3600 * 1000;

/** The drill that rings now, or null. */
export async function readDrill(shelf: Shelf, now: number): Promise<Drill | null> {
  const kept = Kept.safeParse(await shelf.get(NAME)).data;
  if (kept === undefined || kept.heard !== null || now - kept.at >= RINGS_MS) return null;
  return { id: kept.id, at: kept.at };
}

/** False when another drill, or none, is ringing. Said twice it counts once. */
export async function hearDrill(
  { shelf, clock }: { readonly shelf: Shelf; readonly clock: Clock },
  id: string,
  by: CounsellorId,
): Promise<boolean> {
  const kept = Kept.safeParse(await shelf.get(NAME)).data;
  if (kept === undefined || kept.id !== id) return false;
  if (kept.heard === null)
    await shelf.put(NAME, { ...kept, heard: { by, at: clock.now() } } satisfies Kept, KEEP_MS);
  return true;
}

interface Deps {
  readonly store: Pick<Store, "accounts"> & { readonly shelf: Shelf; readonly leases: Leases };
  readonly presence: Presence;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** 0: never. */
  readonly everyMs: number;
}

/** Rings a drill once a shift, while somebody's console is open, and tells the figures whether anybody heard it. */
export function keepDrills(deps: Deps): Stopper {
  if (deps.everyMs === 0) return { stop: async () => {} };
  let underWay: Promise<void> | null = null;
  const look = () => {
    underWay ??= lookAtDrill(deps)
      .catch((cause: unknown) => deps.log.error("drill-failed", { cause }))
      .finally(() => (underWay = null));
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** One look. */
export async function lookAtDrill(deps: Deps): Promise<void> {
  const { store, events, clock, ids, metrics, everyMs } = deps;
  const now = clock.now();
  const kept = Kept.safeParse(await store.shelf.get(NAME)).data;
  const isUnheard = kept !== undefined && kept.heard === null && now - kept.at >= ANSWER_WITHIN_MS;
  metrics.gauge("drill_unheard", isUnheard ? 1 : 0);
  if (kept !== undefined && now - kept.at < everyMs) return;
  const holder = ids.next();
  if (!(await store.leases.take(LEASE, holder, LEASE_MS))) return;
  try {
    // A house that has only just begun is not woken at once: the first shift counts from here.
    const isFirst = kept === undefined;
    if (!isFirst && !(await isAnybodyThere(deps))) return;
    const heard = isFirst ? { by: CounsellorId.parse("nobody"), at: now } : null;
    await store.shelf.put(NAME, { id: ids.next(), at: now, heard } satisfies Kept, KEEP_MS);
    if (!isFirst) events.publish({ kind: "queue" });
  } finally {
    await store.leases.giveBack(LEASE, holder);
  }
}

async function isAnybodyThere({ store, presence, clock }: Deps): Promise<boolean> {
  const accounts = await store.accounts.all();
  const seen = await Promise.all(accounts.map(({ id }) => presence.seenAt(id)));
  return seen.some((at) => isPresent(at, clock.now()));
}
