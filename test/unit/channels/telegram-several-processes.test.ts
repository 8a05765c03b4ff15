import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { createSealer } from "../../../src/adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "../../../src/adapters/stores/redis/open-redis-store.ts";
import { createTelegramChannel } from "../../../src/adapters/channels/telegram/create-telegram-channel.ts";
import { LEASE_TIMES } from "../../../src/adapters/channels/telegram/poll-by-lease.ts";
import type { OutboundMessage, Store } from "../../../src/app/ports.ts";
import { aBot } from "../../support/a-bot.ts";
import { botEntry } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { type RedisServer, startRedis } from "../../support/redis-server.ts";
import { TelegramStandIn } from "../../support/telegram-stand-in.ts";
import { createRunningClock, idOf } from "./messenger-bench.ts";

const LEASE_MS = 1000;

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Processes on one Redis and one bot: each with a connection and a name of its own. */
async function severalProcesses() {
  const standIn = await new TelegramStandIn().listen();
  closing.push(() => standIn.close());
  const [name, sealer] = [`lease-${randomBytes(4).toString("hex")}`, createSealer(randomBytes(32))];

  async function aProcess(change: (store: Store) => Store = (store) => store) {
    const clock = createRunningClock();
    const { store } = await openRedisStore({ url: redis.url, sealer, clock, name });
    const bot = aBot({ store: change(store) });
    const channel = createTelegramChannel(
      { token: standIn.token, apiRoot: standIn.url, webhook: null },
      {
        ...{ ...bot, clock, conversationIdOf: (id) => idOf("telegram", id) },
        leaseTimes: { leaseMs: LEASE_MS, renewMs: 200, lookMs: 100 },
      },
    );
    channel.start();
    let isOpen = true;
    const end = async () => {
      if (!isOpen) return;
      isOpen = false;
      await channel.stop();
      await store.close();
    };
    closing.push(end);
    return {
      bot,
      store,
      driver: channel.driver,
      end,
      polls: () => bot.logged.filter((line) => line.includes("polling-begins")).length,
    };
  }
  return { standIn, aProcess };
}

const polls = (standIn: TelegramStandIn) => standIn.calls.filter((call) => call === "getUpdates").length;
/** What a killed process leaves: it asks no more, and nobody has given its lease back. */
const unable = (store: Store): Store => ({ ...store, leases: { ...store.leases, release: async () => {} } });

describe("several processes that poll one bot", () => {
  it("ask one at a time, so that Telegram never answers with a conflict", async () => {
    const { standIn, aProcess } = await severalProcesses();
    const all = [await aProcess(), await aProcess(), await aProcess()];
    await eventually(() => expect(polls(standIn)).toBeGreaterThan(0));
    for (let index = 0; index < 20; index++) await standIn.writes(501, `tin ${index}`);
    await eventually(() => expect(standIn.waitingUpdates()).toBe(0));
    // Longer than the lease: it is renewed, not passed round.
    await new Promise((resolve) => setTimeout(resolve, LEASE_MS * 1.5));
    expect(all.filter((each) => each.polls() > 0)).toHaveLength(1);
    expect(all.reduce((sum, each) => sum + each.polls(), 0)).toBe(1);
    expect(all.flatMap(({ bot }) => bot.logged).join()).not.toContain("telegram-polled-elsewhere");
  });

  it("go on with another after the holder was killed, and nothing is lost or taken in twice", async () => {
    const { standIn, aProcess } = await severalProcesses();
    const first = await aProcess(unable);
    await eventually(() => expect(first.polls()).toBe(1));
    const second = await aProcess();
    await standIn.writes(501, "trước");
    await eventually(() => expect(standIn.waitingUpdates()).toBe(0));
    await first.end();
    const killedAt = Date.now();
    await standIn.writes(501, "sau");
    expect(second.polls()).toBe(0);
    await eventually(() => expect(standIn.waitingUpdates()).toBe(0));
    expect(Date.now() - killedAt).toBeLessThan(LEASE_MS + 1000);
    const taken: unknown[] = [];
    const worker = second.store.consume(async (message) => {
      taken.push(message.content);
      await second.store.drop(message);
    });
    closing.push(() => worker.stop());
    await eventually(() =>
      expect(taken).toEqual([
        { kind: "text", text: "trước" },
        { kind: "text", text: "sau" },
      ]),
    );
  });

  it("go on at once with another when the holder stops in good order", async () => {
    const { standIn, aProcess } = await severalProcesses();
    const first = await aProcess();
    await eventually(() => expect(first.polls()).toBe(1));
    const second = await aProcess();
    const stoppedAt = Date.now();
    await first.end();
    await eventually(() => expect(second.polls()).toBe(1));
    expect(Date.now() - stoppedAt).toBeLessThan(LEASE_MS);
    await standIn.writes(501, "x");
    await eventually(() => expect(standIn.waitingUpdates()).toBe(0));
  });

  it("poll no longer than the lease lasts when Redis is away", async () => {
    const { aProcess } = await severalProcesses();
    let isAway = false;
    const process = await aProcess((store) => ({
      ...store,
      leases: {
        ...store.leases,
        hold: (...given) => (isAway ? Promise.reject(new Error("away")) : store.leases.hold(...given)),
      },
    }));
    await eventually(() => expect(process.polls()).toBe(1));
    isAway = true;
    await eventually(
      () => expect(process.bot.logged.join()).toContain("telegram-polling-ends"),
      LEASE_MS + 1000,
    );
    isAway = false;
    await eventually(() => expect(process.polls()).toBe(2));
  });

  it("are followed within half a minute with the times that are set for real", () => {
    expect(LEASE_TIMES.leaseMs + LEASE_TIMES.lookMs).toBeLessThan(30_000);
    expect(LEASE_TIMES.renewMs * 3).toBeLessThan(LEASE_TIMES.leaseMs);
  });
});

describe("several processes that send for one bot", () => {
  const saying = (text: string): OutboundMessage => ({
    ...{ id: `c.${text}`, conversationId: idOf("telegram", "501"), channel: "telegram", address: "501" },
    entry: {
      ...botEntry(1, text),
      speech: { text, points: [], helplines: [], buttons: [], tone: "plain" },
    },
  });

  it("are all silent when Telegram told one of them to be", async () => {
    const { standIn, aProcess } = await severalProcesses();
    const [one, other] = [await aProcess(), await aProcess()];
    await standIn.writes(501, "x");
    standIn.faults.push({ kind: "flood", retryAfter: 20 });
    expect(await one.driver.send(saying("một"))).toEqual({ kind: "later", retryAfterMs: 20_000 });
    const answer = await other.driver.send(saying("hai"));
    if (answer.kind !== "later") throw new Error(answer.kind);
    expect(answer.retryAfterMs).toBeGreaterThan(15_000);
    expect(standIn.calls.filter((call) => call === "sendMessage")).toHaveLength(1);
  });

  it("keep to 30 a second together", async () => {
    const { standIn, aProcess } = await severalProcesses();
    const drivers = [(await aProcess()).driver, (await aProcess()).driver, (await aProcess()).driver];
    for (let chat = 0; chat < 60; chat++) await standIn.writes(chat + 1, "x");
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: 60 }, async (_each, index) => {
        const address = String(index + 1);
        const driver = drivers[index % drivers.length];
        const message = { ...saying("x"), address, conversationId: idOf("telegram", address) };
        expect(await driver?.send(message)).toEqual({ kind: "sent" });
      }),
    );
    expect(performance.now() - startedAt).toBeGreaterThan(1900);
  });
});
