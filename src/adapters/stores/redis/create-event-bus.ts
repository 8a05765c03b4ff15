import { z } from "zod";
import type { EventBus, LiveEvent } from "../../../app/ports.ts";
import { ConversationId } from "../../../domain/kernel/ids.ts";
import type { Connection } from "./connection.ts";
import type { RedisParts } from "./deps.ts";
import { ALL_PARTITIONS, partitionOf } from "./keys.ts";
import { createPause } from "./pause.ts";

const Wire = z.strictObject({
  from: z.string(),
  event: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("transcript"), conversationId: ConversationId, lastSeq: z.number() }),
    z.strictObject({ kind: z.literal("queue") }),
    z.strictObject({ kind: z.enum(["person-typing", "counsellor-typing"]), conversationId: ConversationId }),
    z.strictObject({ kind: z.literal("counsellor-seen"), conversationId: ConversationId, seq: z.number() }),
  ]),
});

const AGAIN_AFTER_MS = 1000;

/** Wake-ups between processes over sharded pub/sub: ids and numbers, never words. Own listeners hear them at once. */
export function createRedisEventBus(parts: RedisParts, connection: Connection): EventBus & { close(): void } {
  const { link, keys, owner, onTrouble } = parts;
  const listeners = new Set<(event: LiveEvent) => void>();
  const pause = createPause();
  let closed = false;
  let subscribing = false;

  const tell = (event: LiveEvent) => {
    for (const listener of listeners) listener(event);
  };

  function hear(message: string): void {
    const parsed = Wire.safeParse(parseJson(message));
    if (parsed.success && parsed.data.from !== owner) tell(parsed.data.event);
  }

  async function subscribe(): Promise<void> {
    if (subscribing) return;
    subscribing = true;
    const channels = ALL_PARTITIONS.map((partition) => keys.live(partition));
    while (!closed) {
      try {
        return await connection.subscribe(channels, hear);
      } catch (cause) {
        onTrouble("redis-subscribe-failed", cause);
        await pause.wait(AGAIN_AFTER_MS);
      }
    }
  }

  return {
    publish(event) {
      tell(event);
      if (closed) return;
      const channel = keys.live(event.kind === "queue" ? 0 : partitionOf(event.conversationId));
      const message = JSON.stringify({ from: owner, event });
      link
        .send(channel, ["SPUBLISH", channel, message])
        .catch((cause: unknown) => onTrouble("event-lost", cause));
    },
    subscribe(listener) {
      listeners.add(listener);
      void subscribe();
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      pause.end();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
