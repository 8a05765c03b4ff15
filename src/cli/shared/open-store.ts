import { systemClock } from "../../adapters/system/system-clock.ts";
import { openEmbeddedStore, type readStoreKey } from "../../adapters/stores/embedded/open-embedded-store.ts";
import { createSealer } from "../../adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "../../adapters/stores/redis/open-redis-store.ts";
import type { Store } from "../../app/ports.ts";
import type { Config } from "../../config.ts";

/** The store that the server of this configuration uses; servers may run meanwhile. */
export async function openStore(config: Config, key: ReturnType<typeof readStoreKey>): Promise<Store> {
  if (config.STORE === "redis" && config.REDIS_URL !== undefined) {
    const sealer = createSealer(key);
    return (await openRedisStore({ url: config.REDIS_URL, sealer, clock: systemClock })).store;
  }
  return openEmbeddedStore({ directory: config.DATA_DIR, key, clock: systemClock });
}
