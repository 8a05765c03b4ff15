import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createClient } from "redis";
import { startChild } from "./child.ts";
import { type Running, type Target, targetOf } from "./target.ts";

/** One Redis; one master with two replicas and three Sentinels; or three masters with two replicas each. */
export type RedisKind = "redis" | "sentinel" | "cluster";

/** The processes that hold the data, as one. */
export interface RedisSet {
  readonly kind: RedisKind;
  /** As REDIS_URL names it. */
  readonly url: string;
  /** Those that are masters now and answer, when every one that is to be there is in step; else none. */
  masters(): Promise<readonly Target[]>;
}

interface Node {
  readonly port: number;
  readonly target: Target;
}

const READY_WITHIN_MS = 10_000;
const IN_STEP_WITHIN_MS = 40_000;
const BETWEEN_LOOKS_MS = 500;
const ANSWER_WITHIN_MS = 1000;
const PLACES = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"];
const SLOTS = 16_384;
// "always": what was acknowledged must survive a kill of Redis too.
const DURABLE = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
/**
 * As in `docker/redis/start-redis.sh`: a master that nobody copies takes nothing in. It follows that each master needs two
 * replicas: with one, nothing would be taken in from a failover until the lost one is back.
 */
const COPIED = ["--min-replicas-to-write", "1", "--min-replicas-max-lag", "10"];

/** Starts them in `folder` on loopback, each added to `children`; rejects when they do not get in step. */
export async function startRedisSet(kind: RedisKind, folder: string, children: Running[]): Promise<RedisSet> {
  const launch = (flags: readonly string[]) => startNode(join(folder, "redis"), flags, children);
  if (kind === "redis") {
    const node = await launch([]);
    const masters = async () => (node.target.isUp() ? [node.target] : []);
    return { kind, url: `redis://127.0.0.1:${node.port}`, masters };
  }
  return kind === "sentinel"
    ? await startWithSentinels(folder, launch, children)
    : await startCluster(launch);
}

type Launch = (flags: readonly string[]) => Promise<Node>;

async function startWithSentinels(folder: string, launch: Launch, children: Running[]): Promise<RedisSet> {
  const first = await launch(COPIED);
  const follow = ["--replicaof", "127.0.0.1", String(first.port)];
  const nodes = [first, await launch([...COPIED, ...follow]), await launch([...COPIED, ...follow])];
  const masters = () => mastersOf(nodes, { masters: 1, replicasEach: 2 });
  await inStep(masters);
  const ports: number[] = [];
  for (const name of ["sentinel 1", "sentinel 2", "sentinel 3"]) {
    const port = await freePort();
    const home = join(folder, name.replace(" ", "-"));
    mkdirSync(home);
    const lines = [
      `monitor main 127.0.0.1 ${first.port} 2`,
      "down-after-milliseconds main 1000",
      "failover-timeout main 5000",
    ];
    const conf = join(home, "sentinel.conf");
    writeFileSync(
      conf,
      [`port ${port}`, "bind 127.0.0.1", `dir ${home}`, ...lines.map((line) => `sentinel ${line}`), ""].join(
        "\n",
      ),
    );
    const again = () =>
      startChild({
        command: findRedis(),
        args: [conf, "--sentinel"],
        ready: /monitor master/,
        within: READY_WITHIN_MS,
      });
    children.push({ name, current: await again(), again });
    ports.push(port);
  }
  const others = ports.slice(1).map((port) => `&node=127.0.0.1:${port}`);
  return {
    kind: "sentinel",
    url: `redis://127.0.0.1:${ports[0]}?sentinel=main&copies=1${others.join("")}`,
    masters,
  };
}

async function startCluster(launch: Launch): Promise<RedisSet> {
  const flags = ["--cluster-enabled", "yes", "--cluster-node-timeout", "2000", ...COPIED];
  const nodes: Node[] = [];
  for (let n = 0; n < 9; n++)
    nodes.push(await launch([...flags, "--cluster-config-file", `nodes-${n}.conf`]));
  const [first] = nodes;
  const heads = nodes.slice(0, 3);
  const share = Math.ceil(SLOTS / heads.length);
  for (const [index, { port }] of nodes.entries()) {
    const last = Math.min((index + 1) * share, SLOTS) - 1;
    if (index < heads.length)
      await ask(port, "CLUSTER", "ADDSLOTSRANGE", String(index * share), String(last));
    await ask(port, "CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
  }
  await inStep(async () => {
    // A greeting that is not answered within the node time-out is forgotten.
    for (const { port } of nodes.slice(1))
      await ask(port, "CLUSTER", "MEET", "127.0.0.1", String(first?.port));
    const views = await Promise.all(nodes.map(({ port }) => ask(port, "CLUSTER", "INFO")));
    return views.every((view) => view.includes("cluster_known_nodes:9")) ? [nodes] : [];
  });
  for (const [index, { port }] of nodes.slice(3).entries())
    await ask(
      port,
      "CLUSTER",
      "REPLICATE",
      await ask(heads[index % heads.length]?.port ?? 0, "CLUSTER", "MYID"),
    );
  const masters = () => mastersOf(nodes, { masters: 3, replicasEach: 2 });
  await inStep(masters);
  await inStep(async () => {
    const views = await Promise.all(nodes.map(({ port }) => ask(port, "CLUSTER", "INFO")));
    return views.every((view) => view.includes("cluster_state:ok")) ? [nodes] : [];
  });
  const url = `redis://127.0.0.1:${nodes[0]?.port}?cluster&copies=1&node=127.0.0.1:${nodes[1]?.port}&node=127.0.0.1:${nodes[2]?.port}`;
  return { kind: "cluster", url, masters };
}

async function mastersOf(
  nodes: readonly Node[],
  whole: { readonly masters: number; readonly replicasEach: number },
): Promise<readonly Target[]> {
  if (nodes.some(({ target }) => !target.isUp())) return [];
  const views = await Promise.all(nodes.map(({ port }) => ask(port, "INFO", "replication").catch(() => "")));
  const heads = nodes.filter((_, index) => {
    const view = views[index] ?? "";
    return view.includes("role:master") && (view.match(/state=online/g) ?? []).length === whole.replicasEach;
  });
  return heads.length === whole.masters ? heads.map(({ target }) => target) : [];
}

async function inStep(look: () => Promise<readonly unknown[]>): Promise<void> {
  const until = Date.now() + IN_STEP_WITHIN_MS;
  while (Date.now() < until) {
    if ((await look().catch(() => [])).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
  throw new Error("the Redis servers did not get in step with each other");
}

async function startNode(home: string, flags: readonly string[], children: Running[]): Promise<Node> {
  const port = await freePort();
  const folder = `${home}-${port}`;
  mkdirSync(folder);
  const launch = () =>
    startChild({
      command: findRedis(),
      args: ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, ...DURABLE, ...flags],
      ready: /Ready to accept connections/,
      within: READY_WITHIN_MS,
    });
  const running = { name: `redis ${port}`, current: await launch(), again: launch };
  children.push(running);
  return { port, target: targetOf(running) };
}

/** One question on a connection of its own. */
async function ask(port: number, ...command: string[]): Promise<string> {
  const client = createClient({
    socket: {
      host: "127.0.0.1",
      port,
      reconnectStrategy: false,
      connectTimeout: ANSWER_WITHIN_MS,
      socketTimeout: ANSWER_WITHIN_MS,
    },
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const reply: unknown = await client.sendCommand(command);
    return typeof reply === "string" ? reply : "";
  } finally {
    client.destroy();
  }
}

function findRedis(): string {
  const command = PLACES.find(existsSync);
  if (command !== undefined) return command;
  throw new Error(
    "redis-server is missing. On Debian or Ubuntu: sudo apt-get install -y --no-install-recommends redis-server",
  );
}

/** Below 55,000: a Cluster's nodes talk on a port 10,000 above, which must be free too. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 30_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const free = await new Promise<boolean>((resolve) => {
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => resolve(true));
  });
  if (free) await new Promise((resolve) => probe.close(resolve));
  return free;
}
