import { afterEach, describe, expect, it } from "@jest/globals";
import { keepOnlyFor } from "../../src/app/retain.ts";
import type { Conversations, Metrics, Store } from "../../src/app/ports.ts";
import { randomIds } from "../../src/adapters/system/ids.ts";
import { aConversation, anOutcome, botEntry, conversationId, NOON } from "../support/builders.ts";
import { eventually } from "../support/eventually.ts";
import { createSimulatedClock } from "../support/simulated-clock.ts";
import { STORES } from "../support/stores.ts";

const DAY = 24 * 3600 * 1000;
const PROOF = "last_purge_proof_timestamp_seconds";
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function run(store: Conversations) {
  const gauges = new Map<string, number>();
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const metrics: Metrics = {
    count: () => {},
    observe: () => {},
    gauge: (name, value) => void gauges.set(name, value),
  };
  const clock = createSimulatedClock();
  const log = { info: note, warn: note, error: note };
  const retention = keepOnlyFor(30, { store, clock, ids: randomIds, log, metrics });
  closing.push(() => retention.stop());
  return { gauges, logged };
}

async function open(name: string): Promise<Store> {
  const bench = await STORES[name]?.();
  if (bench === undefined) throw new Error(name);
  const store = await bench.open(createSimulatedClock());
  closing.push(async () => {
    await store.close();
    await bench.cleanUp();
  });
  return store;
}

describe.each(["memory", "lmdb", "redis"])("what is past its retention, on %s", (name) => {
  it("goes, what is not stays, and that it goes is proven by one that was put in for it", async () => {
    const store = await open(name);
    for (const [id, age] of [
      ["wold", 31 * DAY],
      ["wyoung", 29 * DAY],
    ] as const) {
      const conversation = aConversation({
        ...{ id: conversationId(id), revision: 1, lastSeq: 1 },
        lastTurnAt: NOON - age,
      });
      await store.commit(anOutcome(conversation, { entries: [botEntry(1, "lời khuyên")] }), {
        kind: "act",
        actId: "x",
      });
    }
    const { gauges, logged } = run(store);
    await eventually(() => expect(gauges.get(PROOF)).toBe(NOON / 1000));
    expect(await store.load(conversationId("wold"))).toBeNull();
    expect(await store.load(conversationId("wyoung"))).not.toBeNull();
    expect(logged).toEqual(["expired"]);
    // The one that was put in left nothing behind: a second purge finds nothing.
    expect(await store.expire(NOON - 30 * DAY)).toBe(0);
  });
});

describe("a purge that removes nothing", () => {
  it("is not taken for one: there is no proof, and the log says so", async () => {
    const store = await open("memory");
    const { gauges, logged } = run({ ...store, expire: async () => 1 });
    await eventually(() => expect(logged).toContain("purge-not-proven"));
    expect(gauges.has(PROOF)).toBe(false);
  });

  it("is not taken for one either when the state went and the lines stayed", async () => {
    const store = await open("memory");
    const kept: Conversations["transcript"] = async () => [botEntry(1, "còn đây")];
    const { gauges, logged } = run({ ...store, transcript: kept });
    await eventually(() => expect(logged).toContain("purge-not-proven"));
    expect(gauges.has(PROOF)).toBe(false);
  });
});
