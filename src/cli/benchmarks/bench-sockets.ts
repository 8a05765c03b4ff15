import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { readConfig } from "../../config.ts";
import { root } from "../shared/paths.ts";
import type { BenchRow } from "./measure.ts";

const SOCKETS = 15_000;
const AT_ONCE = 200;
const SETTLE_MS = 3000;
const START_WITHIN_MS = 30_000;

/** A server that accepts sockets and does nothing else: what the library and Node alone cost. */
const BARE = `
  import { WebSocketServer } from "ws";
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  server.on("connection", (socket) => socket.on("message", (data) => socket.send(data)));
  server.on("listening", () => console.log("http://127.0.0.1:" + server.address().port + "/"));
`;

/** What a page costs that is open and silent: memory per connection of the whole server, beside bare `ws`. Linux only. */
export async function benchSockets(): Promise<BenchRow[]> {
  if (process.platform !== "linux") return [];
  const directory = mkdtempSync(join(tmpdir(), "ke-ben-sockets-"));
  const models = join(readConfig(process.env).DATA_DIR, "models");
  const main = JSON.stringify(join(root, "dist", "main.js"));
  try {
    const own = await measure(`import(${main}).then((m) => m.main())`, "/chat/socket", {
      DATA_DIR: directory,
      MODEL_DIR: models,
      PORT: "0",
      LOG_LEVEL: "silent",
    });
    const bare = await measure(BARE, "/", {});
    const row = (
      figure: string,
      of: keyof Measured,
      unit: { unit: string; budget: number | null },
    ): BenchRow => ({
      name: `${SOCKETS.toLocaleString("en")} idle connections`,
      figure,
      value: own[of],
      ...unit,
      baseline: { name: "bare ws", value: bare[of] },
    });
    return [
      row("memory per connection", "perSocketKb", { unit: "kB", budget: 8 }),
      row("memory at rest", "atRestMb", { unit: "MB", budget: 250 }),
      row("first answer with all open", "answerMs", { unit: "ms", budget: null }),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Measured {
  readonly perSocketKb: number;
  readonly atRestMb: number;
  readonly answerMs: number;
}

async function measure(
  code: string,
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<Measured> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const sockets: WebSocket[] = [];
  try {
    const address = (await addressOf(child)).replace("http:", "ws:").replace(/\/$/, path);
    await pause(SETTLE_MS);
    const before = residentKb(child);
    while (sockets.length < SOCKETS) {
      const batch = Array.from({ length: AT_ONCE }, (_, index) => open(address, sockets.length + index));
      sockets.push(...(await Promise.all(batch)));
    }
    await pause(SETTLE_MS);
    const perSocketKb = (residentKb(child) - before) / sockets.length;
    const started = performance.now();
    const last = await open(address, sockets.length);
    const answerMs = performance.now() - started;
    sockets.push(last);
    return { perSocketKb, atRestMb: before / 1024, answerMs };
  } finally {
    for (const socket of sockets) socket.terminate();
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

/** Open and greeted: the server has answered the page's first frame. */
async function open(address: string, index: number): Promise<WebSocket> {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const answered = once(socket, "message");
  socket.send(JSON.stringify({ t: "hello", v: 1, key: `bench${index}`.padEnd(24, "x"), after: 0 }));
  await answered;
  return socket;
}

/** Resident memory of a process, in kB, as the kernel counts it. */
function residentKb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN);
}

async function addressOf(child: ChildProcess): Promise<string> {
  let said = "";
  const late = setTimeout(() => child.kill("SIGKILL"), START_WITHIN_MS);
  try {
    for await (const chunk of child.stdout ?? []) {
      said += String(chunk);
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
      if (address !== undefined) return address;
    }
    throw new Error("the server of the benchmark did not start");
  } finally {
    clearTimeout(late);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
