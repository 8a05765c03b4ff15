import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../shared/paths.ts";
import { startChild } from "./child.ts";
import { type RedisKind, type RedisSet, startRedisSet } from "./redis-set.ts";
import { type Running, type Target, targetOf } from "./target.ts";

export interface Layout {
  readonly store: "lmdb" | RedisKind;
  /** Two processes that serve and two that work, instead of two that do both. Not with `lmdb`. */
  readonly isSplit: boolean;
}

/** A server that people and counsellors reach. */
export interface Door extends Target {
  readonly base: string;
}

export interface World {
  readonly doors: readonly Door[];
  /** All processes of ours: the doors, and those that only work. */
  readonly servers: readonly Target[];
  readonly redis: RedisSet | null;
  /** One-time token of the first account, good at the first door. */
  readonly setupToken: string;
  /** SIGTERM; the names of those that had to be killed after all. Removes all data. */
  end(): Promise<readonly string[]>;
}

type Role = "both" | "web" | "worker";

/** A first start may train the language model. */
const SERVER_WITHIN_MS = 240_000;
const GOODBYE_WITHIN_MS = 10_000;

/** Starts the real thing on loopback and in a folder of its own. */
export async function startWorld({ store, isSplit }: Layout): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "ke-ben-chaos-"));
  const children: Running[] = [];
  try {
    const redis = store === "lmdb" ? null : await startRedisSet(store, folder, children);
    const storeEnv = redis === null ? {} : { STORE: "redis", REDIS_URL: redis.url };
    const key = randomBytes(32).toString("base64");
    const roles: readonly Role[] =
      redis === null ? ["both"] : isSplit ? ["worker", "worker", "web", "web"] : ["both", "both"];
    const servers: Target[] = [];
    const doors: Door[] = [];
    let setupToken = "";
    for (const [index, role] of roles.entries()) {
      const name = `${role === "both" ? "server" : role} ${index + 1}`;
      const environment = {
        ...storeEnv,
        ROLE: role,
        STORE_KEY: key,
        DATA_DIR: join(folder, name.replace(" ", "-")),
      };
      const { base, target, said } = await startServer(name, environment, children);
      servers.push(target);
      if (role === "worker") continue;
      // The one whose link we hold comes first: each start makes a new link, known to that process alone.
      doors.unshift({ ...target, base });
      setupToken = /#setup=(\S+)/.exec(said)?.[1] ?? setupToken;
    }
    return { doors, servers, redis, setupToken, end: () => end(folder, children) };
  } catch (error) {
    await end(folder, children);
    throw error;
  }
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

async function startServer(
  name: string,
  environment: Readonly<Record<string, string>> & { readonly DATA_DIR: string },
  children: Running[],
): Promise<{ base: string; target: Target; said: string }> {
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
      ready: /Kề Bên is \w+ \(ready in .*\n(.*\n)*\n/,
      within: SERVER_WITHIN_MS,
    });
  const child = await launch("0");
  const base = /Demo page: +(\S+)\//.exec(child.said)?.[1] ?? "";
  // A worker's port is asked by nobody here.
  const port = base === "" ? "0" : new URL(base).port;
  const running = { name, current: child, again: () => launch(port) };
  children.push(running);
  return { base, target: targetOf(running), said: child.said };
}

/** No channel, store or address of a real installation may slip in from the shell. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
}
