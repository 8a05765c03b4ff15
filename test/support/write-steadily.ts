import { expect } from "@jest/globals";
import type { Store } from "../../src/app/ports.ts";
import { aMessage, conversationId } from "./builders.ts";
import { eventually } from "./eventually.ts";

/** Twenty people who write one message after the other, each again and again until it is acknowledged. */
export interface SteadyWriting {
  acknowledged(): number;
  refused(): number;
  /** The longest time in which nothing was acknowledged. */
  longestGapMs(): number;
  /** Resolves when everybody has written `each` messages and all of them are answered, once and in order. */
  expectNothingLost(): Promise<void>;
}

const PEOPLE = Array.from({ length: 20 }, (_each, index) => conversationId(`wsteady-${index}`));
const AGAIN_AFTER_MS = 20;

export function writeSteadily(store: Store, each: number, gapMs = 0): SteadyWriting {
  let acknowledged = 0;
  let refused = 0;
  let lastAt = Date.now();
  let longestGapMs = 0;

  async function send(message: ReturnType<typeof aMessage>): Promise<void> {
    for (;;) {
      const result = await store.enqueue(message).catch(() => null);
      if (result === "new" || result === "duplicate") break;
      refused++;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    }
    acknowledged++;
    longestGapMs = Math.max(longestGapMs, Date.now() - lastAt);
    lastAt = Date.now();
  }

  const writing = Promise.all(
    PEOPLE.map(async (id) => {
      for (let n = 0; n < each; n++) {
        await send(aMessage({ conversationId: id, channelMessageId: `${id}-${n}` }));
        if (gapMs > 0) await new Promise((resolve) => setTimeout(resolve, gapMs));
      }
    }),
  );

  return {
    acknowledged: () => acknowledged,
    refused: () => refused,
    longestGapMs: () => longestGapMs,
    async expectNothingLost() {
      await writing;
      for (const id of PEOPLE) {
        await eventually(async () => {
          const entries = await store.transcript(id, { after: 0, limit: each * 2 });
          expect(entries.map((entry) => entry.channelMessageId)).toEqual(
            Array.from({ length: each }, (_each, n) => `${id}-${n}`),
          );
        }, 20_000);
      }
    },
  };
}
