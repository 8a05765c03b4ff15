import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findStoreKey } from "../adapters/stores/embedded/backup/find-store-key.ts";
import { type KeyRing, withNewKey, withoutOlderKeys } from "../adapters/stores/embedded/key-ring.ts";
import { openSealedEmbedded } from "../adapters/stores/embedded/open-sealed-embedded.ts";
import { createSealer } from "../adapters/stores/embedded/sealer.ts";
import { openSealedRedis } from "../adapters/stores/redis/open-sealed-redis.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { AppError } from "../app/errors.ts";
import type { SealedStore, Sealing } from "../app/sealing.ts";
import { type Config, readConfig } from "../config.ts";
import { runBackupCommand } from "./backup/run-backup-command.ts";
import { writeKeyFile } from "./keys/key-file.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run keys -- status`              how many rows each key still opens
 * `npm run keys -- rotate [--to file]`  a new current key, while no server runs; --to where the keys come from STORE_KEY
 * `npm run keys -- reseal`              seals with it what older keys open; servers may run
 * `npm run keys -- retire [--to file]`  throws the older keys away, once they open nothing any more
 */
const USAGE = "npm run keys -- status | rotate [--to <file>] | reseal | retire [--to <file>]";

await runBackupCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({ options: { to: { type: "string" } }, allowPositionals: true });
  const [act, ...more] = positionals;
  if (more.length > 0 || !["status", "rotate", "reseal", "retire"].includes(act ?? "")) return false;
  const config = readConfig(process.env);
  const ring = findStoreKey(config.DATA_DIR, config.STORE_KEY);
  if (ring === null) throw refused(`there is no key in ${config.DATA_DIR} and none in STORE_KEY`);
  const store = await openSealed(config, ring);
  try {
    if (act === "rotate") await rotate({ store, config, ring, to: values.to });
    else if (act === "retire") await retire({ store, config, ring, to: values.to });
    else show(ring, act === "reseal" ? await store.reseal() : await store.sealing());
  } finally {
    await store.close();
  }
  return true;
});

interface Order {
  readonly store: SealedStore;
  readonly config: Config;
  readonly ring: KeyRing;
  readonly to: string | undefined;
}

async function rotate({ store, config, ring, to }: Order): Promise<void> {
  // A server that does not know the new key would take all that is sealed with it for damaged.
  await refuseUsed(store);
  const next = withNewKey(ring, randomBytes(32));
  const file = writeRing(config, next, to);
  // Seals the key's own row anew: whoever has the old keys only can no longer start.
  await (await openSealed(config, next)).close();
  say(
    `A new key is in ${file}; ${next.older.length === 1 ? "the one" : `the ${next.older.length}`} before it still open what they sealed.`,
  );
  if (to !== undefined)
    say("Put this file where STORE_KEY comes from, on every machine, before a server starts.");
  say(
    "Keep a copy apart from the backups, as of the key before. Then start, and run: npm run keys -- reseal",
  );
}

async function retire({ store, config, ring, to }: Order): Promise<void> {
  if (ring.older.length === 0) throw refused("there are no older keys");
  await refuseUsed(store);
  const sealing = await store.sealing();
  if (sealing.older > 0) throw refused(`older keys still open ${sealing.older} rows: npm run keys -- reseal`);
  say(
    `The older keys are gone from ${writeRing(config, withoutOlderKeys(ring), to)}. Backups sealed with them need the copy you kept.`,
  );
}

function writeRing(config: Config, ring: KeyRing, to: string | undefined): string {
  if (config.STORE_KEY !== undefined && to === undefined)
    throw refused("the keys come from STORE_KEY: say with --to <file> where the new ones go");
  if (config.STORE_KEY === undefined && to !== undefined)
    throw refused(`the keys are in ${config.DATA_DIR}/store.key and are written there`);
  const file = to === undefined ? join(config.DATA_DIR, "store.key") : resolve(to);
  writeKeyFile(file, ring, { fresh: to !== undefined });
  return file;
}

function show(ring: KeyRing, { current, older, unreadable }: Sealing): void {
  say(`keys: 1 current, ${ring.older.length} older`);
  say(`rows: ${current} under the current key, ${older} under older ones, ${unreadable} that no key opens`);
}

async function openSealed(config: Config, ring: KeyRing): Promise<SealedStore> {
  if (config.STORE === "redis" && config.REDIS_URL !== undefined)
    return openSealedRedis({ url: config.REDIS_URL, sealer: createSealer(ring), clock: systemClock });
  return openSealedEmbedded(config.DATA_DIR, ring);
}

async function refuseUsed(store: SealedStore): Promise<void> {
  const user = await store.usedBy();
  if (user !== null) throw refused(`the store is in use by ${user}: stop it first`);
}

function refused(detail: string): AppError {
  return new AppError("KEYS_REFUSED", { detail });
}
