import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "./eventually.ts";
import { findRedis, freePort, type RedisServer, redisCommand, startRedis } from "./redis-server.ts";

export interface Topology {
  /** As REDIS_URL names it. */
  readonly url: string;
  readonly servers: readonly RedisServer[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;

/** Three masters, no replicas. */
export async function startCluster(extra: readonly string[] = []): Promise<Topology> {
  const flags = ["--cluster-enabled", "yes", "--cluster-node-timeout", "2000", ...extra];
  const servers = await Promise.all(Array.from({ length: 3 }, () => startRedis(flags)));
  const share = Math.ceil(SLOTS / servers.length);
  for (const [index, server] of servers.entries()) {
    const last = Math.min((index + 1) * share, SLOTS) - 1;
    await server.command("CLUSTER", "ADDSLOTSRANGE", String(index * share), String(last));
    await server.command("CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
    await server.command("CLUSTER", "MEET", "127.0.0.1", String(servers[0]?.port));
  }
  await eventually(async () => {
    for (const server of servers) {
      const info = String(await server.command("CLUSTER", "INFO"));
      if (!info.includes("cluster_state:ok") || !info.includes("cluster_known_nodes:3"))
        throw new Error(info);
    }
  }, 15_000);
  return topologyOf(
    servers,
    `redis://127.0.0.1:${servers[0]?.port}?cluster&node=127.0.0.1:${servers[1]?.port}`,
  );
}

/** A master, a replica in step with it, and one sentinel that decides alone. */
export async function startSentinel(): Promise<Topology> {
  const master = await startRedis(["--appendonly", "yes", "--repl-diskless-sync-delay", "0"]);
  const replica = await startRedis(["--appendonly", "yes", "--replicaof", "127.0.0.1", String(master.port)]);
  await eventually(async () => {
    if (!String(await replica.command("INFO", "replication")).includes("master_link_status:up"))
      throw new Error("not in step");
  }, 10_000);
  const directory = mkdtempSync(join(tmpdir(), "ke-ben-sentinel-"));
  const port = await freePort();
  const file = join(directory, "sentinel.conf");
  const watch = [
    `monitor main 127.0.0.1 ${master.port} 1`,
    "down-after-milliseconds main 1000",
    "failover-timeout main 5000",
  ];
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${directory}`,
    ...watch.map((line) => `sentinel ${line}`),
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const sentinel = spawn(findRedis(), [file, "--sentinel"], { stdio: "ignore" });
  const killAtExit = () => void sentinel.kill("SIGKILL");
  process.once("exit", killAtExit);
  await eventually(async () => {
    const replicas = await redisCommand(port, ["SENTINEL", "REPLICAS", "main"]);
    if (!Array.isArray(replicas) || replicas.length !== 1)
      throw new Error("the sentinel has not found the replica");
  }, 15_000);
  const topology = topologyOf([master, replica], `redis://127.0.0.1:${port}?sentinel=main`);
  return {
    ...topology,
    async stop() {
      process.off("exit", killAtExit);
      sentinel.kill("SIGKILL");
      await topology.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function topologyOf(servers: readonly RedisServer[], url: string): Topology {
  return { url, servers, stop: async () => void (await Promise.all(servers.map((server) => server.stop()))) };
}
