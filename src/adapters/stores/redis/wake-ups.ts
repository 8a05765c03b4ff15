import type { Connection } from "./connection.ts";
import { ALL_PARTITIONS, type Keys, type Side } from "./keys.ts";
import { createPause } from "./pause.ts";

/** `free`: a partition was given back and may be taken. */
export type WakeUp = { readonly partition: number; readonly kind: Side | "free" };

/** Says that something is there to be read. Never the only way to learn of it: every lease renewal looks as well. */
export interface WakeUps {
  listen(listener: (wakeUp: WakeUp) => void): () => void;
  close(): void;
}

const AGAIN_AFTER_MS = 1000;

export function createWakeUps(
  connection: Connection,
  keys: Keys,
  onTrouble: (event: string, cause: unknown) => void,
): WakeUps {
  const listeners = new Set<(wakeUp: WakeUp) => void>();
  const partitions = new Map(ALL_PARTITIONS.map((partition) => [keys.wake(partition), partition]));
  const pause = createPause();
  let closed = false;
  let subscribing = false;

  function hear(message: string, channel: string): void {
    const partition = partitions.get(channel);
    if (partition === undefined || (message !== "in" && message !== "out" && message !== "free")) return;
    for (const listener of listeners) listener({ partition, kind: message });
  }

  async function subscribe(): Promise<void> {
    if (subscribing) return;
    subscribing = true;
    while (!closed) {
      try {
        return await connection.subscribe([...partitions.keys()], hear);
      } catch (cause) {
        onTrouble("redis-subscribe-failed", cause);
        await pause.wait(AGAIN_AFTER_MS);
      }
    }
  }

  return {
    listen(listener) {
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
