import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { ServerFrame } from "../../../src/wire/chat.ts";
import { eventually } from "../../support/eventually.ts";
import { type RedisServer, startRedis } from "../../support/redis-server.ts";
import { projectRoot, type RunningServer, START_LIMIT_MS, startServer } from "../../support/start-server.ts";

const MARK = "một câu mà chỉ em biết 7341";

/** A command with the four words on its standard input. */
function run(name: string, words: readonly string[], how: { env: Record<string, string>; typed: string }) {
  const child = spawn(process.execPath, [join(projectRoot, "dist", "cli", `${name}.js`), ...words], {
    cwd: projectRoot,
    env: { ...process.env, NODE_OPTIONS: "", ...how.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => void (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (out += chunk.toString()));
  child.stdin.end(`${how.typed}\n`);
  return new Promise<{ status: number | null; out: string }>((resolve) =>
    child.once("close", (status) => resolve({ status, out })),
  );
}

describe.each(["lmdb", "redis"])(
  "what a person asks for by their code, while the server runs on %s",
  (kind) => {
    let redis: RedisServer | null = null;
    let server: RunningServer;
    let env: Record<string, string>;
    const folders: string[] = [];
    const sockets: WebSocket[] = [];

    beforeAll(async () => {
      redis = kind === "redis" ? await startRedis() : null;
      const store = redis === null ? {} : { STORE: "redis", REDIS_URL: redis.url };
      server = await startServer(store);
      env = { DATA_DIR: server.dataDir, ...store };
    }, START_LIMIT_MS);
    afterAll(async () => {
      await server?.remove();
      await redis?.stop();
    });
    afterEach(() => {
      for (const socket of sockets.splice(0)) socket.terminate();
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    });

    async function aTalk(key: string) {
      const lines: string[] = [];
      const socket = new WebSocket(`${server.base.replace("http", "ws")}/chat/socket`);
      sockets.push(socket);
      socket.on("message", (data: Buffer) => {
        const frame = ServerFrame.parse(JSON.parse(data.toString("utf8")));
        if (frame.t === "entries") lines.push(...frame.entries.map(({ text }) => text));
      });
      await new Promise((resolve) => socket.once("open", resolve));
      socket.send(JSON.stringify({ t: "hello", v: 1, key, after: 0 }));
      socket.send(JSON.stringify({ t: "say", id: "message-1", text: MARK }));
      await eventually(() => expect(lines.length).toBeGreaterThan(1), 10_000);
      const ask = async (body: object) =>
        (await (
          await fetch(`${server.base}/chat/return`, {
            method: "POST",
            headers: { "content-type": "application/json", origin: server.base },
            body: JSON.stringify(body),
          })
        ).json()) as { words: string[]; proof: string };
      const { words, proof } = await ask({ act: "offer", key });
      await ask({ act: "keep", key, words: words.join(" "), proof });
      return words.join(" ");
    }

    it("a copy of their own talk, in a file that only the operator reads, never over another file", async () => {
      const typed = await aTalk("c".repeat(22));
      const folder = mkdtempSync(join(tmpdir(), "ke-ben-copy-"));
      folders.push(folder);
      const file = join(folder, "copy.json");
      const made = await run("own-copy", [file], { env, typed });
      expect(made.status).toBe(0);
      const copy = JSON.parse(readFileSync(file, "utf8")) as { lines: { from: string; text: string }[] };
      expect(copy.lines[0]).toMatchObject({ from: "person", text: MARK });
      expect(copy.lines.length).toBeGreaterThan(1);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(made.out).not.toContain(MARK);
      expect(made.out).not.toContain(typed);
      expect((await run("own-copy", [file], { env, typed })).status).toBe(1);
    });

    it("everything deleted, as if they had asked in the chat; the code then leads nowhere", async () => {
      const typed = await aTalk("e".repeat(22));
      const erased = await run("erase", [], { env, typed });
      expect(erased).toMatchObject({ status: 0 });
      expect(erased.out).toMatch(/Deleted: \d+ lines/);
      const lines: string[] = [];
      const socket = new WebSocket(`${server.base.replace("http", "ws")}/chat/socket`);
      sockets.push(socket);
      socket.on("message", (data: Buffer) => lines.push(data.toString("utf8")));
      await new Promise((resolve) => socket.once("open", resolve));
      socket.send(JSON.stringify({ t: "hello", v: 1, key: "e".repeat(22), after: 0 }));
      await eventually(() => expect(lines.length).toBeGreaterThan(0));
      expect(lines.join()).not.toContain(MARK);
      const again = await run("erase", [], { env, typed });
      expect(again.status).toBe(1);
      expect(again.out).toMatch(/no talk behind these words/);
    });

    it("takes no code as an argument, where the whole machine could read it", async () => {
      expect((await run("erase", ["con", "mèo", "cái", "bàn"], { env, typed: "" })).status).toBe(2);
    });
  },
);
