import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { compose } from "../../compose.ts";
import { readConfig } from "../../config.ts";
import { CONSOLE_HEADER, QueueAnswer } from "../../wire/console.ts";
import { type BenchRow, quantile } from "./measure.ts";

const ROUNDS = 200;
const RISKY = "co nguoi doa tung anh cua em neu em khong chuyen tien";

/** From the moment a risky message leaves the page to the moment the console has the case in its list. */
export async function benchHandoff(): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), "ke-ben-handoff-"));
  // The models are cached in the ordinary data folder; only conversations go to the temporary one.
  const config = { ...readConfig({}), DATA_DIR: directory, PORT: 0, LOG_LEVEL: "silent" as const };
  const server = await compose({ ...config, MODEL_DIR: join(readConfig(process.env).DATA_DIR, "models") });
  try {
    const spans = (await rounds(server)).sort((a, b) => a - b);
    const row = (figure: string, p: number, budget: number): BenchRow => ({
      name: "risky message to counsellor's list",
      figure,
      value: quantile(spans, p),
      unit: "ms",
      baseline: null,
      budget,
    });
    return [row("p50", 0.5, 300), row("p95", 0.95, 300), row("p99", 0.99, 1000)];
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function rounds(server: {
  readonly address: string;
  readonly setupToken: string | null;
}): Promise<number[]> {
  const { address, setupToken } = server;
  const headers = { "content-type": "application/json", [CONSOLE_HEADER]: "1" };
  const body = JSON.stringify({ token: setupToken, name: "Bench", password: "a long enough password" });
  const setup = await fetch(`${address}/console/api/setup`, { method: "POST", headers, body });
  const cookie = (setup.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const socketAddress = address.replace("http:", "ws:");
  const console = new WebSocket(`${socketAddress}/console/socket`, { headers: { cookie } });
  await opened(console);

  const spans: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = new WebSocket(`${socketAddress}/chat/socket`);
    await opened(page);
    page.send(
      JSON.stringify({ t: "hello", v: 1, key: `${"k".repeat(20)}${round}`.padEnd(24, "x"), after: 0 }),
    );
    const started = performance.now();
    page.send(JSON.stringify({ t: "say", id: `message-${round}`, text: RISKY }));
    while ((await listed(address, cookie)) <= round) await woken(console);
    spans.push(performance.now() - started);
    page.close();
  }
  console.close();
  return spans;
}

async function listed(address: string, cookie: string): Promise<number> {
  const answer = await fetch(`${address}/console/api/queue`, { headers: { cookie } });
  return QueueAnswer.parse(await answer.json()).cases.length;
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
}

/** Until the console is told of a change; a lost wake-up costs a quarter of a second, not the round. */
function woken(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 250);
    socket.once("message", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
