import { expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createFileCompaction } from "../../../src/adapters/stores/redis/compact-files.ts";
import { connect } from "../../../src/adapters/stores/redis/connect.ts";
import { createKeys } from "../../../src/adapters/stores/redis/keys.ts";
import { eventually } from "../../support/eventually.ts";
import { startRedis } from "../../support/redis-server.ts";
import { startCluster } from "../../support/redis-topologies.ts";

const DURABLE = ["--appendonly", "yes", "--appendfsync", "always"];

function everythingIn(directory: string): string {
  const folder = join(directory, "appendonlydir");
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("");
}

it.each([
  {
    kind: "one Redis",
    start: async () =>
      startRedis(DURABLE).then((server) => ({
        url: server.url,
        servers: [server],
        stop: () => server.stop(),
      })),
  },
  { kind: "a Cluster", start: async () => startCluster(DURABLE) },
])(
  "what was erased leaves the files of $kind",
  async ({ start }) => {
    const topology = await start();
    const connection = await connect(topology.url, () => {});
    const troubles: unknown[] = [];
    const compaction = createFileCompaction(connection, createKeys("t"), {
      onTrouble: (_event, cause) => troubles.push(cause),
      soonMs: 10,
    });
    const keys = Array.from({ length: 20 }, (_each, index) => `key-${index}`);
    for (const key of keys) await connection.send(key, ["SET", key, "erased-words"]);
    for (const key of keys) await connection.send(key, ["DEL", key]);
    const stored = () => topology.servers.map((server) => everythingIn(server.directory)).join("");
    expect(stored().includes("erased-words")).toBe(true);
    compaction.wish();
    await eventually(() => expect(stored().includes("erased-words")).toBe(false), 10_000);
    expect(troubles).toEqual([]);
    compaction.close();
    connection.close();
    await topology.stop();
  },
  40_000,
);
