import { afterEach, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createSealer } from "../../../src/adapters/stores/embedded/sealer.ts";
import {
  openRedisStore,
  type RedisStoreOptions,
} from "../../../src/adapters/stores/redis/open-redis-store.ts";
import type { Store } from "../../../src/app/ports.ts";
import {
  aConversation,
  anAccount,
  aHandoff,
  aMessage,
  anOutcome,
  botEntry,
  conversationId,
  said,
} from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { type RedisServer, startRedis } from "../../support/redis-server.ts";
import { startRelay } from "../../support/relay.ts";
import { writeDown } from "../../support/redis-worker.ts";
import { writeSteadily } from "../../support/write-steadily.ts";

const DURABLE = ["--appendonly", "yes", "--appendfsync", "always"];
const key = randomBytes(32);
const clock = { now: () => Date.now() };

const sorted = (keys: unknown) => [...(keys as string[])].sort((a, b) => a.localeCompare(b));

describe("when Redis fails", () => {
  let redis: RedisServer;
  const stores: Store[] = [];

  const open = async (over: Partial<RedisStoreOptions> = {}) => {
    const opened = await openRedisStore({
      url: redis.url,
      sealer: createSealer(key),
      clock,
      leaseMs: 2000,
      ...over,
    });
    stores.push(opened.store);
    return opened.store;
  };
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await redis.stop();
  });

  it("loses nothing that was acknowledged, doubles nothing and keeps the order when Redis is killed three times", async () => {
    redis = await startRedis(DURABLE);
    const store = await open();
    const worker = store.consume(async (message) => void (await writeDown(store, message)));
    const writing = writeSteadily(store, 60);
    for (let crash = 1; crash <= 3; crash++) {
      await eventually(() => expect(writing.acknowledged()).toBeGreaterThan(crash * 250), 10_000);
      redis.signal("SIGKILL");
      await redis.restart();
    }
    await writing.expectNothingLost();
    expect(writing.refused()).toBeGreaterThan(0);
    await worker.stop();
  }, 60_000);

  it("answers every call within its deadline while Redis is frozen, and goes on when it thaws", async () => {
    redis = await startRedis();
    const store = await open({ deadlineMs: 300 });
    await store.probe();
    redis.signal("SIGSTOP");
    const startedAt = Date.now();
    const calls = [
      store.probe(),
      store.load(conversationId("wfrozen")),
      store.enqueue(aMessage()),
      store.handoffs.open(),
    ];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({ status: "rejected", reason: { code: "STORE_UNREADABLE" } });
    }
    expect(Date.now() - startedAt).toBeLessThan(900);
    redis.signal("SIGCONT");
    await eventually(() => store.probe(), 10_000);
  });

  it("leaves a connection on which nothing comes back any more, and goes on over a new one", async () => {
    redis = await startRedis();
    const relay = await startRelay(redis.port);
    const store = await open({ url: `redis://127.0.0.1:${relay.port}`, deadlineMs: 300 });
    await store.probe();
    relay.swallow();
    await expect(store.probe()).rejects.toMatchObject({ code: "STORE_UNREADABLE" });
    await eventually(() => store.probe(), 1500);
    await store.close();
    await relay.stop();
  });

  it("refuses at once while Redis is down, and says where it looked when it cannot start", async () => {
    redis = await startRedis();
    const store = await open();
    redis.signal("SIGKILL");
    await eventually(() => expect(store.probe()).rejects.toMatchObject({ code: "STORE_UNREADABLE" }));
    const startedAt = Date.now();
    await expect(store.enqueue(aMessage())).rejects.toMatchObject({ code: "STORE_UNREADABLE" });
    expect(Date.now() - startedAt).toBeLessThan(200);
    const secret = redis.url.replace("redis://", "redis://someone:s3cret@");
    const failure = await open({ url: secret }).catch((error: unknown) => String(error));
    expect(failure).toContain(`127.0.0.1:${redis.port}`);
    expect(failure).not.toContain("s3cret");
    await redis.restart();
    await eventually(() => store.probe());
  }, 30_000);

  it("takes messages although no wake-up ever comes", async () => {
    redis = await startRedis();
    await redis.command("ACL", "SETUSER", "default", "-ssubscribe");
    const [worker, web] = [await open({ leaseMs: 1000 }), await open()];
    const taken: string[] = [];
    const consumer = worker.consume(async (message) => void taken.push(message.channelMessageId));
    await web.enqueue(aMessage({ channelMessageId: "before" }));
    await eventually(() => expect(taken).toEqual(["before"]));
    await web.enqueue(aMessage({ channelMessageId: "after" }));
    await eventually(() => expect(taken).toEqual(["before", "after"]));
    await consumer.stop();
  });

  it("does not start with another key than the one the data was written with", async () => {
    redis = await startRedis();
    await open();
    await expect(open({ sealer: createSealer(randomBytes(32)) })).rejects.toThrow("STORE_KEY");
  });

  it("keeps no word, address or name readable in Redis or its files", async () => {
    redis = await startRedis(DURABLE);
    const store = await open();
    const message = said("chuyện rất riêng", { address: "chat-4711", channel: "telegram" });
    await store.enqueue(message);
    const conversation = aConversation({
      channel: "telegram",
      address: "chat-4711",
      revision: 1,
      lastSeq: 1,
    });
    const outcome = anOutcome(conversation, { entries: [botEntry(1, "lời khuyên")], handoff: aHandoff() });
    await store.commit(outcome, { kind: "act", actId: "a" });
    await store.accounts.create(anAccount({ passwordHash: "argon-hash" }));
    await store.settings.put("zalo", { token: "zalo-token" });
    const folder = join(redis.directory, "appendonlydir");
    const stored = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("");
    expect(stored.includes("wtest")).toBe(true);
    const secrets = ["riêng", "chat-4711", "khuyên", "Lan Anh", "argon-hash", "zalo-token"];
    expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
  });

  it("leaves no key of a conversation behind once it is erased and its message ids are forgotten", async () => {
    redis = await startRedis();
    const now = { at: Date.now() };
    const store = await open({ clock: { now: () => now.at } });
    const before = sorted(await redis.command("KEYS", "*"));
    await store.enqueue(aMessage());
    const conversation = aConversation({ channel: "telegram", revision: 1, lastSeq: 1 });
    await store.commit(anOutcome(conversation, { entries: [botEntry(1, "một")], handoff: aHandoff() }), {
      kind: "act",
      actId: "a",
    });
    await store.erase(conversation.id);
    now.at += 8 * 24 * 3600 * 1000;
    await store.expire(0);
    // Redis keeps a stream that has become empty: one per partition and side, without a row.
    const left = sorted(await redis.command("KEYS", "*"));
    expect(left.filter((name) => !/:(in|out)$/.test(name))).toEqual(before);
  });
});
