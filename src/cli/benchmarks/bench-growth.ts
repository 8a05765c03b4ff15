import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "../../adapters/nlu/nlpjs/random.ts";
import { openEmbeddedStore, readStoreKey } from "../../adapters/stores/embedded/open-embedded-store.ts";
import { systemClock } from "../../adapters/system/system-clock.ts";
import { UNKNOWN_OUTLOOK } from "../../domain/staffing/outlook.ts";
import { createInboundHandler, type InboundDeps } from "../../app/handle-inbound.ts";
import type { Store } from "../../app/ports.ts";
import { openConversation } from "../../domain/conversation/conversation.ts";
import type { InboundMessage } from "../../domain/conversation/message.ts";
import type { Outcome } from "../../domain/conversation/outcome.ts";
import { ConversationId } from "../../domain/kernel/ids.ts";
import { type BenchRow, cpuOf } from "./measure.ts";
import { type OwnRedis, startOwnRedis } from "./own-redis.ts";

const SIZES = [1000, 100_000, 1_000_000];
const TURNS = 2000;
const RUNS = 5;
const WRITES_AT_ONCE = 2000;
const SAMPLES = 40;

/** What holds the conversations: how much it stores, and what it spends beside this process. */
interface Holder {
  readonly name: string;
  readonly store: Store;
  readonly bytes: () => Promise<number>;
  /** CPU milliseconds that another process spent for it until now. */
  readonly otherCpuMs: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/**
 * CPU per turn as the number of stored conversations grows, each turn in a conversation picked at random: LMDB, then a
 * Redis of our own. The stores are filled through `commit`; takes about half an hour.
 */
export async function benchGrowth(
  deps: Omit<InboundDeps, "store">,
  texts: readonly string[],
  onProgress: (line: string) => void,
): Promise<BenchRow[]> {
  const samples = await sampleOutcomes(deps, texts);
  const rows: BenchRow[] = [];
  for (const open of [openLmdb, openRedis]) {
    const holder = await open();
    try {
      rows.push(...(await grow(deps, { holder, samples, texts, onProgress })));
    } finally {
      await holder.close();
    }
  }
  return rows;
}

interface Growth {
  readonly holder: Holder;
  readonly samples: readonly Outcome[];
  readonly texts: readonly string[];
  readonly onProgress: (line: string) => void;
}

async function grow(
  deps: Omit<InboundDeps, "store">,
  { holder, samples, texts, onProgress }: Growth,
): Promise<BenchRow[]> {
  const { name, store } = holder;
  const bytesBefore = await holder.bytes();
  const costs: number[] = [];
  let filled = 0;
  for (const size of SIZES) {
    await fill(store, samples, { from: filled, to: size });
    filled = size;
    const runs: number[] = [];
    // The first turns also pay for compiling the code.
    if (size === SIZES[0]) await turnCost(deps, holder, { texts, size, mark: "warm" });
    for (let run = 0; run < RUNS; run++)
      runs.push(await turnCost(deps, holder, { texts, size, mark: `${size}-${run}` }));
    const cost = runs.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
    costs.push(cost);
    onProgress(`${name}: ${size.toLocaleString("en")} conversations, ${cost.toFixed(3)} ms per turn`);
  }
  const bytes = ((await holder.bytes()) - bytesBefore) / filled;
  const least = { name: "with 1,000", value: costs[0] ?? Number.NaN };
  const of = (size: number) => `CPU per turn, ${size.toLocaleString("en")} stored`;
  return [
    ...SIZES.map(
      (size, index): BenchRow => ({
        name: `growth, ${name}`,
        figure: of(size),
        value: costs[index] ?? Number.NaN,
        unit: "ms",
        baseline: index === 0 ? null : least,
        budget: index === 0 ? null : round(least.value * 1.1),
      }),
    ),
    {
      name: `growth, ${name}`,
      figure: "stored per conversation",
      value: bytes / 1024,
      unit: "kB",
      baseline: null,
      budget: null,
    },
  ];
}

/** Real outcomes of real first messages, to fill a store with; those that call a person are left out. */
async function sampleOutcomes(
  { shell }: Omit<InboundDeps, "store">,
  texts: readonly string[],
): Promise<Outcome[]> {
  const samples: Outcome[] = [];
  for (const [index, text] of texts.entries()) {
    if (samples.length === SAMPLES) break;
    const message = messageOf(`sample-${index}`, text, `sample-${index}`);
    const outcome = await shell.takeTurn({
      message,
      before: openConversation(message),
      openHandoff: null,
      outlook: UNKNOWN_OUTLOOK,
    });
    if (outcome.handoff === null && outcome.entries.length > 0) samples.push(outcome);
  }
  return samples;
}

async function fill(
  store: Store,
  samples: readonly Outcome[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  for (let start = from; start < to; start += WRITES_AT_ONCE) {
    const count = Math.min(WRITES_AT_ONCE, to - start);
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const sample = samples[(start + index) % samples.length] as Outcome;
        const conversation = { ...sample.conversation, id: idOf(start + index) };
        await store.commit({ ...sample, conversation }, { kind: "act", actId: "filled" });
      }),
    );
  }
}

async function turnCost(
  deps: Omit<InboundDeps, "store">,
  { store, otherCpuMs }: Holder,
  { texts, size, mark }: { readonly texts: readonly string[]; readonly size: number; readonly mark: string },
): Promise<number> {
  const handle = createInboundHandler({ ...deps, store });
  const random = createRandom(size);
  let left = TURNS;
  let done = () => {};
  const finished = new Promise<void>((resolve) => (done = resolve));
  const worker = store.consume(async (message) => {
    await handle(message);
    if (--left === 0) done();
  });
  const before = await otherCpuMs();
  const { cpuMs } = await cpuOf(async () => {
    await Promise.all(
      Array.from({ length: TURNS }, (_, index) => {
        const text = texts[index % texts.length] ?? "xin chào";
        const id = idOf(Math.floor(random() * size));
        return store.enqueue({ ...messageOf(`${mark}-${index}`, text, ""), conversationId: id });
      }),
    );
    await finished;
  });
  const other = (await otherCpuMs()) - before;
  await worker.stop();
  return (cpuMs + other) / TURNS;
}

async function openLmdb(): Promise<Holder> {
  const directory = mkdtempSync(join(tmpdir(), "ke-ben-growth-"));
  const store = openEmbeddedStore({ directory, key: readStoreKey(directory), clock: systemClock });
  return {
    name: "LMDB",
    store,
    // Blocks of 512 bytes: an LMDB file may have holes.
    bytes: async () =>
      readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).blocks * 512, 0),
    otherCpuMs: async () => 0,
    async close() {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function openRedis(): Promise<Holder> {
  const own: OwnRedis = await startOwnRedis();
  return {
    name: "Redis",
    store: own.store,
    bytes: async () => Number(await own.info("used_memory")),
    otherCpuMs: async () =>
      (Number(await own.info("used_cpu_user")) + Number(await own.info("used_cpu_sys"))) * 1000,
    close: own.close,
  };
}

const idOf = (index: number) => ConversationId.parse(`wgrowth-${index}`);
const round = (value: number) => Number(value.toPrecision(3));

function messageOf(id: string, text: string, conversation: string): InboundMessage {
  return {
    conversationId: ConversationId.parse(conversation === "" ? "wgrowth-0" : conversation),
    channel: "web",
    channelMessageId: id,
    receivedAt: Date.now(),
    content: { kind: "text", text },
  };
}
