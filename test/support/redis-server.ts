import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";

/** A real Redis of our own: free loopback port, own temporary folder, ended by its own process id. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly directory: string;
  command(...args: string[]): Promise<unknown>;
  /** SIGKILL ends it as a crash would; SIGSTOP freezes it until SIGCONT. */
  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void;
  /** Starts it again on the same port and data, after a crash. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const PLACES = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"];

/** Throws, saying what to install, where there is none. */
export function findRedis(): string {
  const binary = PLACES.find(existsSync);
  if (binary === undefined) {
    throw new Error(
      "These tests need redis-server. On Debian or Ubuntu: sudo apt-get install -y --no-install-recommends redis-server",
    );
  }
  return binary;
}

export async function startRedis(extra: readonly string[] = []): Promise<RedisServer> {
  const binary = findRedis();
  const directory = mkdtempSync(join(tmpdir(), "ke-ben-redis-"));
  const durable = extra.includes("--appendonly") ? [] : ["--appendonly", "no"];
  const launchOn = (port: number) => {
    const fixed = ["--port", String(port), "--bind", "127.0.0.1", "--dir", directory, "--save", ""];
    return awaitReady(
      spawn(binary, [...fixed, ...durable, ...extra], { stdio: ["ignore", "pipe", "inherit"] }),
    );
  };

  const first = await onFreePort(launchOn);
  const { port } = first;
  let { server } = first;
  const killAtExit = () => void server.kill("SIGKILL");
  process.once("exit", killAtExit);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    directory,
    command: (...args) => redisCommand(port, args),
    signal: (name) => void server.kill(name),
    async restart() {
      await ended(server);
      server = await launchOn(port);
    },
    async stop() {
      process.off("exit", killAtExit);
      server.kill("SIGKILL");
      await ended(server);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const MOST_TRIES = 5;

/** A port that was free a moment ago may be taken by now, and so may a Cluster's second one. */
async function onFreePort(
  launchOn: (port: number) => Promise<ChildProcess>,
): Promise<{ readonly port: number; readonly server: ChildProcess }> {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      return { port, server: await launchOn(port) };
    } catch (error) {
      if (tries === MOST_TRIES || !String(error).includes("Address already in use")) throw error;
    }
  }
}

export async function redisCommand(port: number, args: readonly string[]): Promise<unknown> {
  const client = createClient({ socket: { host: "127.0.0.1", port, reconnectStrategy: false } });
  client.on("error", () => {});
  await client.connect();
  try {
    return await client.sendCommand(args);
  } finally {
    client.destroy();
  }
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
}

async function awaitReady(server: ChildProcess): Promise<ChildProcess> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    // Not at "exit": what it said last may still be on its way, and tells whether its port was taken.
    server.once("close", () => reject(new Error(`redis-server ended: ${said}`)));
    server.once("error", reject);
    server.stdout?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes("Ready to accept connections")) resolve();
    });
  });
  return server;
}

/**
 * With a Cluster's second port (+10,000) below those that the kernel gives to outgoing connections (from 32,768): a port
 * of a server that is down for a moment must be free when it comes back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 10_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}
