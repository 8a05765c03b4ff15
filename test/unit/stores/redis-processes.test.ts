import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { createSealer } from "../../../src/adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "../../../src/adapters/stores/redis/open-redis-store.ts";
import type { LiveEvent, Store } from "../../../src/app/ports.ts";
import { aMessage, conversationId } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { type RedisServer, startRedis } from "../../support/redis-server.ts";
import { type WorkerOrder, writeDown } from "../../support/redis-worker.ts";
import { startWorker, type WorkerProcess } from "../../support/worker-process.ts";

const LEASE_MS = 1000;
const clock = { now: () => Date.now() };

describe("several processes on one Redis", () => {
  let redis: RedisServer;
  let order: WorkerOrder;
  let store: Store;
  let workers: WorkerProcess[] = [];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    const key = randomBytes(32).toString("base64");
    order = {
      url: redis.url,
      name: `t-${randomBytes(6).toString("hex")}`,
      key,
      leaseMs: LEASE_MS,
      hold: false,
    };
    ({ store } = await open());
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.end()));
    workers = [];
    await store.close();
  });

  const open = () => {
    const sealer = createSealer(Buffer.from(order.key, "base64"));
    return openRedisStore({ url: order.url, name: order.name, sealer, clock, leaseMs: LEASE_MS });
  };
  const start = (over: Partial<WorkerOrder> = {}) => {
    const worker = startWorker({ ...order, ...over });
    workers.push(worker);
    return worker;
  };
  const people = Array.from({ length: 100 }, (_each, index) => conversationId(`wperson-${index}`));
  /** Every person writes `count` messages, one after the other. */
  const everybodyWrites = async (count: number, from = 0) => {
    await Promise.all(
      people.map(async (id) => {
        for (let n = from; n < from + count; n++) {
          expect(await store.enqueue(aMessage({ conversationId: id, channelMessageId: `${id}-${n}` }))).toBe(
            "new",
          );
        }
      }),
    );
  };
  const expectTranscripts = async (count: number) => {
    for (const id of people) {
      const entries = await store.transcript(id, { after: 0, limit: 1000 });
      expect(entries.map((entry) => entry.channelMessageId)).toEqual(
        Array.from({ length: count }, (_each, n) => `${id}-${n}`),
      );
      expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_each, index) => index + 1));
    }
  };
  const committed = () =>
    workers
      .flatMap((worker) => worker.reports)
      .filter((report) => report.kind === "ended" && report.result === "committed").length;

  it("share the work, and each message is taken once and in order", async () => {
    const [first, second] = [start(), start()];
    await everybodyWrites(5);
    await eventually(() => expect(committed()).toBe(500), 10_000);
    await everybodyWrites(15, 5);
    await eventually(() => expect(committed()).toBe(2000), 10_000);
    await expectTranscripts(20);
    const ended = (worker: WorkerProcess) =>
      worker.reports.filter((report) => report.kind === "ended").length;
    expect(ended(first)).toBeGreaterThan(400);
    expect(ended(second)).toBeGreaterThan(400);
    const taken = workers.flatMap((worker) => worker.reports).filter((report) => report.kind === "took");
    // A partition that changes hands may show a message twice; only one of them commits it.
    expect(taken.length).toBeLessThan(2100);
  });

  it("take over from one that was killed, and lose and double nothing", async () => {
    const first = start();
    start();
    const writing = everybodyWrites(20);
    await eventually(() => expect(first.reports.length).toBeGreaterThan(100));
    first.signal("SIGKILL");
    await writing;
    await eventually(() => expectTranscripts(20), 15_000);
  });

  it("take over from one that froze past its lease, whose late commit is then refused", async () => {
    const frozen = start({ hold: true });
    const message = aMessage({ conversationId: conversationId("wfrozen") });
    await store.enqueue(message);
    await eventually(() => expect(frozen.reports).toHaveLength(1));
    frozen.signal("SIGSTOP");

    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const results: string[] = [];
    const worker = store.consume(async (taken) => {
      results.push("took");
      await gate;
      results.push(await writeDown(store, taken));
    });
    const frozenAt = Date.now();
    await eventually(() => expect(results).toEqual(["took"]));
    expect(Date.now() - frozenAt).toBeGreaterThan(LEASE_MS / 3);

    // The other holds the message but has not committed yet: nothing but the fence can refuse the late one.
    frozen.signal("SIGCONT");
    frozen.say("go");
    await eventually(() => expect(frozen.reports.at(-1)).toMatchObject({ kind: "ended" }));
    expect(frozen.reports.at(-1)).toMatchObject({ result: expect.stringContaining("lease was lost") });
    expect(await store.load(message.conversationId)).toBeNull();

    release();
    await eventually(() => expect(results).toEqual(["took", "committed"]));
    await worker.stop();
    expect(await store.transcript(message.conversationId, { after: 0, limit: 10 })).toHaveLength(1);
  });

  it("give their partitions back when they stop, so that nobody waits for a lease to lapse", async () => {
    const leaving = start({ leaseMs: 60_000 });
    await everybodyWrites(1);
    await eventually(() => expect(committed()).toBe(100));
    leaving.say("stop");
    const stoppedAt = Date.now();
    await everybodyWrites(1, 1);
    const worker = store.consume(async (message) => void (await writeDown(store, message)));
    await eventually(() => expectTranscripts(2), 10_000);
    expect(Date.now() - stoppedAt).toBeLessThan(5000);
    await worker.stop();
  });

  it("wake each other's pages, and hear their own events once", async () => {
    const [one, two] = await Promise.all([open(), open()]);
    const heard: Record<string, LiveEvent[]> = { one: [], two: [] };
    one.events.subscribe((event) => heard["one"]?.push(event));
    two.events.subscribe((event) => heard["two"]?.push(event));
    const id = conversationId("wlive");
    const event: LiveEvent = { kind: "transcript", conversationId: id, lastSeq: 3 };
    const passing: LiveEvent[] = [
      { kind: "counsellor-typing", conversationId: id },
      { kind: "person-typing", conversationId: id },
      { kind: "counsellor-seen", conversationId: id, seq: 2 },
    ];
    await eventually(() => {
      two.events.publish({ kind: "queue" });
      expect(heard["one"]).toContainEqual({ kind: "queue" });
    });
    one.events.publish(event);
    for (const each of passing) one.events.publish(each);
    await eventually(() => expect(heard["two"]).toEqual(expect.arrayContaining([event, ...passing])));
    expect(heard["one"]?.filter((each) => each.kind === "transcript")).toEqual([event]);
    await Promise.all([one.store.close(), two.store.close()]);
  });
});
