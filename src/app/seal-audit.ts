import { z } from "zod";
import {
  type AuditSeal,
  type Digest,
  NO_SEAL,
  readSeal,
  sealOver,
  writeSeal,
} from "../domain/audit/audit-seal.ts";
import type { AuditEvent } from "../domain/conversation/outcome.ts";
import type { Clock, Ids, Logger, Stopper, Store } from "./ports.ts";

export interface SealDeps {
  readonly store: Pick<Store, "audit" | "settings" | "leases">;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
  readonly log: Logger;
}

const EVERY_MS = 10 * 60_000;
/** An event is written within this of its own time, or its process has lost its lease and may not write it. */
const LATE_MS = 2 * 60_000;
const LEASE_MS = 60_000;
const NAME = "audit-seal";

/** The process may have ended between a seal and the note of it: then the log knows more than the note. */
function newestOf(noted: Pick<AuditSeal, "until" | "digest">, since: readonly AuditEvent[]): typeof noted {
  return since.reduce((before, { act, detail }) => {
    const seal = act === "audit-sealed" ? readSeal(detail) : null;
    return seal !== null && seal.from === before.until ? seal : before;
  }, noted);
}

const Last = z.strictObject({ until: z.number(), digest: z.string() });

/** Puts a seal over what was written since the one before it; every ten minutes, by one process. */
export function keepAuditSealed(deps: SealDeps): Stopper {
  let underWay: Promise<void> | null = null;
  const look = () => {
    underWay ??= sealAudit(deps)
      .catch((cause: unknown) => deps.log.error("audit-seal-failed", { cause }))
      .finally(() => (underWay = null));
  };
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** One seal. Nothing is written while there is nothing new but the seal before it. */
export async function sealAudit({ store, clock, ids, digest, log }: SealDeps): Promise<void> {
  const holder = ids.next();
  if (!(await store.leases.take(NAME, holder, LEASE_MS))) return;
  try {
    const read = Last.safeParse(await store.settings.get(NAME));
    const noted = read.success ? read.data : NO_SEAL;
    const since = await store.audit.between(noted.until, clock.now() + 1);
    const before = newestOf(noted, since);
    const until = clock.now() - LATE_MS;
    if (until <= before.until) return;
    const events = since.filter(({ at }) => at >= before.until && at < until);
    if (events.every(({ act }) => act === "audit-sealed")) return;
    const seal = sealOver(before, { events, until }, digest);
    await store.audit.append([
      { at: clock.now(), act: "audit-sealed", by: "server", conversationId: null, detail: writeSeal(seal) },
    ]);
    await store.settings.put(NAME, { until: seal.until, digest: seal.digest });
    // Outside of the store: what is noted here cannot be changed with it.
    log.info("audit-sealed", { until: seal.until, events: seal.count, digest: seal.digest });
  } finally {
    await store.leases.giveBack(NAME, holder);
  }
}
