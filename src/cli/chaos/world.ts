import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../shared/paths.ts";
import { type Child, startChild } from "./child.ts";

/** One process of ours that may be killed, frozen and started again. */
export interface Target {
  readonly name: string;
  /** Where it is reached; "" for Redis. */
  readonly base: string;
  /** True while nothing was done to it. */
  isUp(): boolean;
  /** `kill -9`, then started again after `pauseMs`. */
  crash(pauseMs: number): Promise<void>;
  /** SIGSTOP for `forMs`, then SIGCONT. */
  freeze(forMs: number): Promise<void>;
}

export interface World {
  readonly servers: readonly Target[];
  readonly redis: Target | null;
  /** One-time token of the first account. */
  readonly setupToken: string;
  /** SIGTERM; the names of those that had to be killed after all. Removes all data. */
  end(): Promise<readonly string[]>;
}

/** A first start may train the language model. */
const SERVER_WITHIN_MS = 240_000;
const REDIS_WITHIN_MS = 10_000;
const GOODBYE_WITHIN_MS = 10_000;
const REDIS_PLACES = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"];

/** Starts the real thing on loopback and in a folder of its own: one server on LMDB, or two on one Redis. */
export async function startWorld(store: "lmdb" | "redis"): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "ke-ben-chaos-"));
  const children: Running[] = [];
  try {
    const redis = store === "redis" ? await startRedis(folder, children) : null;
    const storeEnv = redis === null ? {} : { STORE: "redis", REDIS_URL: redis.url };
    const key = randomBytes(32).toString("base64");
    const servers: Target[] = [];
    let setupToken = "";
    for (const name of store === "redis" ? ["server 1", "server 2"] : ["server"]) {
      const environment = { ...storeEnv, STORE_KEY: key, DATA_DIR: join(folder, name.replace(" ", "-")) };
      const { target, said } = await startServer(name, environment, children);
      servers.push(target);
      // Each start makes a new link: that of the first process would do as well.
      setupToken = /#setup=(\S+)/.exec(said)?.[1] ?? setupToken;
    }
    const last = servers.at(-1);
    return {
      // The one whose link we hold comes first.
      servers: last === undefined ? [] : [last, ...servers.slice(0, -1)],
      redis: redis?.target ?? null,
      setupToken,
      end: () => end(folder, children),
    };
  } catch (error) {
    await end(folder, children);
    throw error;
  }
}

interface Running {
  readonly name: string;
  current: Child;
  readonly again: () => Promise<Child>;
}

async function end(folder: string, children: readonly Running[]): Promise<readonly string[]> {
  const killed: string[] = [];
  // Servers before their Redis: they give their leases back.
  for (const { name, current } of [...children].reverse()) {
    if (!current.isRunning()) continue;
    current.signal("SIGCONT");
    current.signal("SIGTERM");
    const timer = setTimeout(() => {
      killed.push(name);
      current.signal("SIGKILL");
    }, GOODBYE_WITHIN_MS);
    await current.ended();
    clearTimeout(timer);
  }
  rmSync(folder, { recursive: true, force: true });
  return killed;
}

function targetOf(base: string, running: Running): Target {
  let isUp = true;
  const meanwhile = async (work: () => Promise<void>) => {
    isUp = false;
    try {
      await work();
    } finally {
      isUp = true;
    }
  };
  return {
    name: running.name,
    base,
    isUp: () => isUp,
    crash: (pauseMs) =>
      meanwhile(async () => {
        running.current.signal("SIGKILL");
        await running.current.ended();
        await pause(pauseMs);
        running.current = await running.again();
      }),
    freeze: (forMs) =>
      meanwhile(async () => {
        running.current.signal("SIGSTOP");
        await pause(forMs);
        running.current.signal("SIGCONT");
      }),
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function startServer(
  name: string,
  environment: Readonly<Record<string, string>> & { readonly DATA_DIR: string },
  children: Running[],
): Promise<{ target: Target; said: string }> {
  mkdirSync(environment.DATA_DIR, { recursive: true, mode: 0o700 });
  const main = join(root, "dist", "main.js");
  if (!existsSync(main)) throw new Error("dist/main.js is missing: npm run build");
  const launch = (port: string) =>
    startChild({
      command: process.execPath,
      args: ["-e", `import(${JSON.stringify(main)}).then((m) => m.main())`],
      cwd: root,
      env: {
        ...cleanEnvironment(),
        LOG_LEVEL: "silent",
        MODEL_DIR: process.env["MODEL_DIR"] ?? join(root, "data", "models"),
        ...environment,
        HOST: "127.0.0.1",
        PORT: port,
      },
      ready: /Console: +\S+\n(.*\n)*\n/,
      within: SERVER_WITHIN_MS,
    });
  const child = await launch("0");
  const base = /Demo page: +(\S+)\//.exec(child.said)?.[1] ?? "";
  const running = { name, current: child, again: () => launch(new URL(base).port) };
  children.push(running);
  return { target: targetOf(base, running), said: child.said };
}

/** No channel, store or address of a real installation may slip in from the shell. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
}

async function startRedis(folder: string, children: Running[]): Promise<{ target: Target; url: string }> {
  const command = REDIS_PLACES.find(existsSync);
  if (command === undefined)
    throw new Error(
      "redis-server is missing. On Debian or Ubuntu: sudo apt-get install -y --no-install-recommends redis-server",
    );
  const port = String(await freePort());
  // "always": what was acknowledged must survive a kill of Redis too.
  const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
  const launch = () =>
    startChild({
      command,
      args: ["--port", port, "--bind", "127.0.0.1", "--dir", folder, ...durable],
      ready: /Ready to accept connections/,
      within: REDIS_WITHIN_MS,
    });
  const running = { name: "redis", current: await launch(), again: launch };
  children.push(running);
  return { target: targetOf("", running), url: `redis://127.0.0.1:${port}` };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
