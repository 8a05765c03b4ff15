import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "lmdb";
import { createEmbeddedStore } from "../../adapters/stores/embedded/create-embedded-store.ts";
import { createMemoryKeyValue } from "../../adapters/stores/embedded/memory-key-value.ts";
import { openEmbeddedStore, readStoreKey } from "../../adapters/stores/embedded/open-embedded-store.ts";
import { systemClock } from "../../adapters/system/system-clock.ts";
import { createInboundHandler, type InboundDeps } from "../../app/handle-inbound.ts";
import type { Store } from "../../app/ports.ts";
import { ConversationId } from "../../domain/kernel/ids.ts";
import { type BenchRow, cpuOf } from "./measure.ts";
import { type OwnRedis, startOwnRedis } from "./own-redis.ts";

const TURNS = 3000;
const CONVERSATIONS = 200;

/** Whole turns through Botkit, models, triage, dialogue and store; messages of many people at once. */
export async function benchTurns(
  deps: Omit<InboundDeps, "store">,
  texts: readonly string[],
): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), "ke-ben-bench-"));
  try {
    const memory = await run(
      deps,
      createEmbeddedStore(createMemoryKeyValue(), { clock: systemClock }),
      texts,
    );
    const key = readStoreKey(directory);
    const lmdb = await run(deps, openEmbeddedStore({ directory, key, clock: systemClock }), texts);
    const bare = await bareWrites(join(directory, "bare"));
    const own = await startOwnRedis();
    const pipeline = await barePipeline(own);
    const redis = await run(deps, own.store, texts);
    await own.close();
    return [
      {
        name: "turn",
        figure: "CPU per turn, memory store",
        value: memory.cpuMs / TURNS,
        unit: "ms",
        baseline: null,
        budget: null,
      },
      {
        name: "turn",
        figure: "CPU per turn, LMDB",
        value: lmdb.cpuMs / TURNS,
        unit: "ms",
        baseline: { name: "memory store", value: memory.cpuMs / TURNS },
        budget: 0.6,
      },
      {
        name: "turn",
        figure: "durable turns, LMDB (at least)",
        value: (TURNS / lmdb.wallMs) * 1000,
        unit: "per s",
        baseline: { name: "bare LMDB writes", value: bare },
        budget: 1500,
      },
      {
        name: "turn",
        figure: "CPU per turn, Redis",
        value: redis.cpuMs / TURNS,
        unit: "ms",
        baseline: { name: "two bare pipelined writes", value: pipeline.cpuMs / TURNS },
        budget: 0.8,
      },
      {
        name: "turn",
        figure: "durable turns, Redis (at least)",
        value: (TURNS / redis.wallMs) * 1000,
        unit: "per s",
        baseline: { name: "two bare pipelined writes", value: (TURNS / pipeline.wallMs) * 1000 },
        budget: 1500,
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function run(deps: Omit<InboundDeps, "store">, store: Store, texts: readonly string[]) {
  const handle = createInboundHandler({ ...deps, store });
  let left = TURNS;
  let done = () => {};
  const finished = new Promise<void>((resolve) => (done = resolve));
  const worker = store.consume(async (message) => {
    await handle(message);
    if (--left === 0) done();
  });
  const spent = await cpuOf(async () => {
    const sending = Array.from({ length: TURNS }, (_each, index) =>
      store.enqueue({
        conversationId: ConversationId.parse(`bench-${index % CONVERSATIONS}`),
        channel: "web",
        channelMessageId: `message-${index}`,
        receivedAt: Date.now(),
        content: { kind: "text", text: texts[index % texts.length] ?? "xin chào" },
      }),
    );
    await Promise.all(sending);
    await finished;
  });
  await worker.stop();
  await store.close();
  return spent;
}

/** What the engine alone does: two durable writes, as a turn needs (inbox, commit), with as many under way. */
async function bareWrites(path: string): Promise<number> {
  const db = open<Buffer, string>({ path, encoding: "binary" });
  const value = Buffer.alloc(1500, 1);
  const write = async (index: number) => {
    for (const half of ["a", "b"]) {
      await db.put(`${half}${index}`, value);
      await db.flushed;
    }
  };
  const { wallMs } = await cpuOf(async () => {
    await Promise.all(Array.from({ length: TURNS }, (_each, index) => write(index)));
  });
  await db.close();
  return (TURNS / wallMs) * 1000;
}

/** What the client and the wire alone cost: two writes, as a turn needs, all of them pipelined. */
function barePipeline({ client }: OwnRedis): Promise<{ readonly cpuMs: number; readonly wallMs: number }> {
  const value = "x".repeat(1500);
  return cpuOf(async () => {
    await Promise.all(
      Array.from({ length: TURNS }, async (_each, index) => {
        await client.sendCommand(["SET", `bare:a${index}`, value]);
        await client.sendCommand(["SET", `bare:b${index}`, value]);
      }),
    );
  });
}
