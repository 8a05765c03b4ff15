import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";
import { openRedisStore } from "../../adapters/stores/redis/open-redis-store.ts";
import { createSealer } from "../../adapters/stores/embedded/sealer.ts";
import { systemClock } from "../../adapters/system/system-clock.ts";
import type { Store } from "../../app/ports.ts";
import { startRedisSet } from "../chaos/redis-set.ts";
import type { Running } from "../chaos/target.ts";

/** A Redis for one benchmark, and a store on it. */
export interface OwnRedis {
  readonly url: string;
  /** In base64, as STORE_KEY is given. */
  readonly key: string;
  readonly store: Store;
  /** A client beside the store, for baselines. */
  readonly client: { sendCommand(args: readonly string[]): Promise<unknown>; destroy(): void };
  /** A field of Redis's INFO. */
  info(field: string): Promise<string>;
  readonly close: () => Promise<void>;
}

/** One Redis on loopback that writes each command to disk before it answers, in a folder that goes with it. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), "ke-ben-redis-"));
  const children: Running[] = [];
  const { url } = await startRedisSet("redis", folder, children);
  const key = randomBytes(32);
  // Rewriting a large file holds up the disk for seconds: here that is to be waited for, not to be an error.
  const deadlineMs = 30_000;
  const { store } = await openRedisStore({ url, sealer: createSealer(key), clock: systemClock, deadlineMs });
  const client = createClient({ url });
  client.on("error", () => {});
  await client.connect();
  return {
    url,
    key: key.toString("base64"),
    store,
    client: {
      sendCommand: (args) => client.sendCommand([...args]),
      destroy: () => client.destroy(),
    },
    async info(field) {
      const info = await client.info("everything");
      return new RegExp(`^${field}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "";
    },
    async close() {
      await store.close();
      client.destroy();
      for (const { current } of children) {
        current.signal("SIGKILL");
        await current.ended();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
