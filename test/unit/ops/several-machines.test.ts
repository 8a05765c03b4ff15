import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createClient } from "redis";
import { createSealer } from "../../../src/adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "../../../src/adapters/stores/redis/open-redis-store.ts";
import { systemClock } from "../../../src/adapters/system/system-clock.ts";
import { aMessage } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { findRedis, freePort } from "../../support/redis-server.ts";

const SCRIPTS = join(import.meta.dirname, "..", "..", "..", "docker", "redis");
const PASSWORD = "f00ba4f00ba4f00ba4f00ba4";

/** The start scripts of compose.redis.yaml with a real Redis; three "machines" on one, told apart by their ports. */
describe("Redis on several machines", () => {
  let home: string;
  let ports: number[];
  let sentinelPorts: number[];
  const running = new Map<string, ChildProcess>();
  const folders = new Map<string, string>();

  function start(script: string, name: string, environment: Record<string, string>): void {
    const data = mkdtempSync(join(home, `${name}-`));
    folders.set(name, data);
    launch(script, name, { ...environment, DATA: data });
  }
  function launch(script: string, name: string, environment: Record<string, string>): void {
    const child = spawn("/bin/sh", [join(SCRIPTS, script)], {
      env: {
        PATH: `${dirname(findRedis())}:${process.env["PATH"] ?? ""}`,
        // The scripts bind to 127.0.0.1 as well, for the machine itself.
        NODE_ADDRESS: "127.0.0.2",
        FIRST_MASTER: "127.0.0.2",
        FIRST_MASTER_PORT: String(ports[0]),
        SENTINELS: "127.0.0.1 127.0.0.2 127.0.0.3",
        PASSWORD_FILE: join(home, "password"),
        ...environment,
      },
      stdio: "ignore",
    });
    running.set(name, child);
  }
  async function ask(port: number, args: string[], password = PASSWORD): Promise<unknown> {
    const client = createClient({
      socket: { host: "127.0.0.1", port, reconnectStrategy: false },
      ...(password === "" ? {} : { password }),
    });
    client.on("error", () => {});
    try {
      await client.connect();
      return await client.sendCommand(args);
    } finally {
      client.destroy();
    }
  }
  /** As docs/operations.md says that REDIS_URL is written. */
  async function ourStore() {
    const [one, ...rest] = sentinelPorts.map((port) => `127.0.0.2:${port}`);
    const url = `redis://:${PASSWORD}@${one}?sentinel=ke-ben&${rest.map((node) => `node=${node}`).join("&")}`;
    const sealer = createSealer(randomBytes(32));
    return (await openRedisStore({ url, sealer, clock: systemClock, name: "machines" })).store;
  }
  const info = async (port: number) => String(await ask(port, ["INFO", "replication"]));

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "ke-ben-machines-"));
    writeFileSync(join(home, "password"), `${PASSWORD}\n`);
    ports = [await freePort(), await freePort(), await freePort()];
    sentinelPorts = [await freePort(), await freePort(), await freePort()];
    for (const port of ports) start("start-redis.sh", `redis-${port}`, { REDIS_PORT: String(port) });
    await eventually(async () => expect(await info(ports[0] ?? 0)).toContain("connected_slaves:2"), 20_000);
    for (const port of sentinelPorts)
      start("start-sentinel.sh", `sentinel-${port}`, { SENTINEL_PORT: String(port) });
  }, 60_000);
  afterAll(async () => {
    for (const child of running.values()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    rmSync(home, { recursive: true, force: true });
  });

  it("asks everybody for the password and keeps every message on disk", async () => {
    const [first = 0] = ports;
    await expect(ask(first, ["PING"], "")).rejects.toThrow("NOAUTH");
    for (const [setting, value] of [
      ["appendonly", "yes"],
      ["appendfsync", "always"],
      ["maxmemory-policy", "noeviction"],
      ["min-replicas-to-write", "1"],
    ])
      expect(JSON.stringify(await ask(first, ["CONFIG", "GET", String(setting)]))).toContain(`"${value}"`);
    expect(readFileSync(`/proc/${running.get(`redis-${first}`)?.pid}/cmdline`, "utf8")).not.toContain(
      PASSWORD,
    );
  });

  it("makes another machine the master when the master is gone, and the old one comes back as a follower", async () => {
    const [first = 0, ...others] = ports;
    await eventually(async () => {
      for (const port of sentinelPorts)
        expect(String(await ask(port, ["SENTINEL", "CKQUORUM", "ke-ben"], ""))).toContain(
          "OK 3 usable Sentinels",
        );
    }, 30_000);
    await eventually(async () => {
      const replicas = (await ask(
        sentinelPorts[0] ?? 0,
        ["SENTINEL", "REPLICAS", "ke-ben"],
        "",
      )) as unknown[];
      expect(replicas).toHaveLength(2);
    }, 30_000);
    // Refused until a follower has said that it is in step: that is what min-replicas-to-write is for.
    await eventually(async () => expect(await ask(first, ["SET", "kept", "yes"])).toBe("OK"), 20_000);
    expect(await ask(first, ["WAIT", "2", "5000"])).toBe(2);
    const store = await ourStore();
    const message = aMessage();
    await eventually(async () => expect(await store.enqueue(message)).not.toBe("full"), 20_000);
    expect(await ask(first, ["WAIT", "2", "5000"])).toBe(2);
    const data = folders.get(`redis-${first}`) ?? "";
    const gone = running.get(`redis-${first}`);
    gone?.kill("SIGKILL");
    if (gone) await once(gone, "exit");
    let master = 0;
    await eventually(async () => {
      const address = (await ask(
        sentinelPorts[0] ?? 0,
        ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", "ke-ben"],
        "",
      )) as string[];
      master = Number(address[1]);
      expect(others).toContain(master);
      expect(await ask(master, ["GET", "kept"])).toBe("yes");
    }, 60_000);
    // The server finds the new master by itself, with the password, and still knows what it took.
    await eventually(async () => expect(await store.enqueue(message)).toBe("duplicate"), 60_000);
    await store.close();
    launch("start-redis.sh", `redis-${first}`, { REDIS_PORT: String(first), DATA: data });
    await eventually(async () => expect(await info(first)).toContain("role:slave"), 60_000);
    expect(readFileSync(join(data, "redis.conf"), "utf8")).toContain("replicaof");
  }, 180_000);
});
