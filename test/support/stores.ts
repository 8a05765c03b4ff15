import { afterAll } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock, Store } from "../../src/app/ports.ts";
import { createEmbeddedStore } from "../../src/adapters/stores/embedded/create-embedded-store.ts";
import { createMemoryKeyValue } from "../../src/adapters/stores/embedded/memory-key-value.ts";
import { openEmbeddedStore, readStoreKey } from "../../src/adapters/stores/embedded/open-embedded-store.ts";
import { createSealer } from "../../src/adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "../../src/adapters/stores/redis/open-redis-store.ts";
import { startRedis } from "./redis-server.ts";
import { startCluster, startSentinel } from "./redis-topologies.ts";

/** A store under test, and how to open the same data again as a new process would. */
export interface StoreBench {
  open(clock: Clock): Promise<Store>;
  /** Null where nothing outlives the process. */
  reopen: ((clock: Clock) => Promise<Store>) | null;
  cleanUp(): Promise<void>;
}

/** Servers that all benches of a test file share; each bench has a name of its own on them. */
const shared = new Map<string, Promise<{ readonly url: string; stop(): Promise<void> }>>();
afterAll(async () => {
  for (const server of shared.values()) await (await server).stop();
  shared.clear();
});

function onRedis(kind: string, start: () => Promise<{ readonly url: string; stop(): Promise<void> }>) {
  return async (): Promise<StoreBench> => {
    const server = shared.get(kind) ?? start();
    shared.set(kind, server);
    const { url } = await server;
    const name = `test-${randomBytes(6).toString("hex")}`;
    const sealer = createSealer(randomBytes(32));
    const open = async (clock: Clock) => (await openRedisStore({ url, sealer, clock, name })).store;
    return { open, reopen: open, cleanUp: async () => {} };
  };
}

export const STORES: Readonly<Record<string, () => Promise<StoreBench>>> = {
  memory: async () => ({
    open: async (clock) => createEmbeddedStore(createMemoryKeyValue(), { clock }),
    reopen: null,
    cleanUp: async () => {},
  }),
  lmdb: async () => {
    const directory = mkdtempSync(join(tmpdir(), "ke-ben-store-"));
    const open = async (clock: Clock) =>
      openEmbeddedStore({ directory, key: readStoreKey(directory), clock });
    return { open, reopen: open, cleanUp: async () => rmSync(directory, { recursive: true, force: true }) };
  },
  redis: onRedis("redis", () => startRedis()),
  "redis cluster": onRedis("cluster", () => startCluster()),
  "redis sentinel": onRedis("sentinel", startSentinel),
};
