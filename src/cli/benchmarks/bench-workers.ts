import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InboundMessage } from "../../domain/conversation/message.ts";
import { ConversationId } from "../../domain/kernel/ids.ts";
import { type Child, startChild } from "../chaos/child.ts";
import { root } from "../shared/paths.ts";
import type { BenchRow } from "./measure.ts";
import { type OwnRedis, startOwnRedis } from "./own-redis.ts";

const PEOPLE = 400;
const MESSAGES_EACH = 10;
const READY_WITHIN_MS = 60_000;
/** The kernel counts in hundredths of a second. */
const TICK_MS = 10;

/**
 * The same messages taken by one process that works (`ROLE=worker`), then by two. On two cores Redis and the sender need
 * their part as well, so the time on the wall says little: what each turn costs in CPU must stay the same. Linux only.
 */
export async function benchWorkers(texts: readonly string[]): Promise<BenchRow[]> {
  if (process.platform !== "linux") return [];
  const one = await run(1, texts);
  const two = await run(2, texts);
  const row = (figure: string, of: keyof Measured, unit: string): BenchRow => ({
    name: "two workers on one Redis",
    figure,
    value: two[of],
    unit,
    baseline: { name: "one worker", value: one[of] },
    budget: null,
  });
  return [row("CPU per turn, both together", "cpuMs", "ms"), row("turns taken", "perSecond", "per s")];
}

interface Measured {
  readonly cpuMs: number;
  readonly perSecond: number;
}

async function run(workers: number, texts: readonly string[]): Promise<Measured> {
  const own = await startOwnRedis();
  const folder = mkdtempSync(join(tmpdir(), "ke-ben-workers-"));
  const children: Child[] = [];
  try {
    for (let n = 0; n < workers; n++) children.push(await startWorker(own, join(folder, String(n))));
    await send(own, texts, "warm");
    const before = sum(children);
    const started = performance.now();
    await send(own, texts, "measured");
    const turns = PEOPLE * MESSAGES_EACH;
    return {
      cpuMs: (sum(children) - before) / turns,
      perSecond: (turns / (performance.now() - started)) * 1000,
    };
  } finally {
    for (const child of children) {
      child.signal("SIGKILL");
      await child.ended();
    }
    await own.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves when the last message of everybody was answered. */
async function send({ store }: OwnRedis, texts: readonly string[], mark: string): Promise<void> {
  const all: InboundMessage[] = [];
  for (let n = 0; n < MESSAGES_EACH; n++)
    for (let person = 0; person < PEOPLE; person++)
      all.push({
        conversationId: ConversationId.parse(`wbench-${mark}-${person}`),
        channel: "web",
        channelMessageId: `${mark}-${n}`,
        receivedAt: Date.now(),
        content: { kind: "text", text: texts[all.length % texts.length] ?? "xin chào" },
      });
  await Promise.all(all.map((message) => store.enqueue(message)));
  for (let person = 0; person < PEOPLE; person++) {
    const id = ConversationId.parse(`wbench-${mark}-${person}`);
    while (((await store.load(id))?.revision ?? 0) < MESSAGES_EACH)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function startWorker({ url, key }: OwnRedis, directory: string): Promise<Child> {
  mkdirSync(directory, { recursive: true });
  const main = JSON.stringify(join(root, "dist", "main.js"));
  return startChild({
    command: process.execPath,
    args: ["-e", `import(${main}).then((m) => m.main())`],
    cwd: root,
    env: {
      PATH: process.env["PATH"],
      ...{ ROLE: "worker", STORE: "redis", REDIS_URL: url, STORE_KEY: key },
      ...{ DATA_DIR: directory, MODEL_DIR: join(root, "data", "models") },
      ...{ HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "silent" },
    },
    ready: /Kề Bên is working/,
    within: READY_WITHIN_MS,
  });
}

/** CPU milliseconds that these processes spent until now, user and system. */
function sum(children: readonly Child[]): number {
  return children.reduce((total, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return total + (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  }, 0);
}
