import { createSealer } from "../../src/adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "../../src/adapters/stores/redis/open-redis-store.ts";
import type { Store } from "../../src/app/ports.ts";
import type { InboundMessage } from "../../src/domain/conversation/message.ts";
import { aConversation, anOutcome } from "./builders.ts";

/** What a worker process is told at its start (as JSON in its first argument). */
export interface WorkerOrder {
  readonly url: string;
  readonly name: string;
  /** 32 bytes, base64. */
  readonly key: string;
  readonly leaseMs: number;
  /** Wait for "go" between taking a message and committing it. */
  readonly hold: boolean;
}

export type WorkerReport =
  | { readonly kind: "took"; readonly id: string }
  | { readonly kind: "ended"; readonly id: string; readonly result: string };

/**
 * A process of its own that takes messages: each becomes one line of the transcript.
 * @public worker-process.ts bundles and starts it.
 */
export async function runWorker(): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? "") as WorkerOrder;
  const { url, name, leaseMs } = order;
  const sealer = createSealer(Buffer.from(order.key, "base64"));
  const { store } = await openRedisStore({ url, sealer, name, leaseMs, clock: { now: () => Date.now() } });
  const report = (message: WorkerReport) => void process.send?.(message);
  let go = () => {};
  const gone = order.hold ? new Promise<void>((resolve) => (go = resolve)) : Promise.resolve();
  const worker = store.consume(async (message) => {
    const id = message.channelMessageId;
    report({ kind: "took", id });
    await gone;
    const result = await writeDown(store, message).catch((error: unknown) => String(error));
    report({ kind: "ended", id, result });
  });
  process.on("message", (said) => {
    if (said === "go") go();
    if (said === "stop")
      void worker
        .stop()
        .then(() => store.close())
        .then(() => process.exit(0));
  });
}

/** The shortest turn there is: what was said is added to the transcript. */
export async function writeDown(store: Store, message: InboundMessage): Promise<string> {
  const { conversationId: id, content, channelMessageId, receivedAt: at } = message;
  for (;;) {
    const before = await store.load(id);
    const seq = (before?.lastSeq ?? 0) + 1;
    const conversation = aConversation({ id, revision: (before?.revision ?? 0) + 1, lastSeq: seq });
    const outcome = anOutcome(conversation, {
      entries: [{ seq, at, from: "person", said: content, channelMessageId }],
    });
    const result = await store.commit(outcome, { kind: "inbound", message });
    if (result !== "stale") return result;
  }
}
