import { afterEach, describe, expect, it } from "@jest/globals";
import { createLocalPaces } from "../../../src/adapters/stores/embedded/local-leases.ts";
import { createPace } from "../../../src/adapters/channels/telegram/pace.ts";
import type { OutboundMessage } from "../../../src/app/ports.ts";
import { runBot } from "../../../src/app/run-bot.ts";
import { aBot } from "../../support/a-bot.ts";
import { aConversation, anOutcome, botEntry, conversationId, NOON } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { createSimulatedClock } from "../../support/simulated-clock.ts";
import { TelegramStandIn } from "../../../src/cli/simulate/telegram-stand-in.ts";
import { aPollingChannel, idOf } from "./messenger-bench.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aStandIn(): Promise<TelegramStandIn> {
  const standIn = await new TelegramStandIn().listen();
  closing.push(() => standIn.close());
  return standIn;
}

const anOutbound = (seq = 1, over: Partial<OutboundMessage> = {}): OutboundMessage => ({
  id: `c.${seq}`,
  conversationId: conversationId("t-none"),
  channel: "telegram",
  address: "501",
  entry: {
    ...botEntry(seq, `dòng ${seq}`),
    speech: { text: `dòng ${seq}`, points: [], helplines: [], buttons: [], tone: "plain" },
  },
  ...over,
});

describe("sending to Telegram", () => {
  it("keeps to one message a second in a chat after a short burst, and 30 a second in all", async () => {
    const clock = createSimulatedClock();
    const pace = createPace(createLocalPaces(clock), async (ms) => clock.advance(ms));
    const inChat: number[] = [];
    for (let index = 0; index < 6; index++) {
      await pace.turn(conversationId("t501"));
      inChat.push(Math.round((clock.now() - NOON) / 1000));
    }
    expect(inChat).toEqual([0, 0, 0, 1, 2, 3]);
    const startedAt = clock.now();
    for (let chat = 0; chat < 300; chat++) await pace.turn(conversationId(`t${chat}`));
    expect(clock.now() - startedAt).toBeGreaterThan(9900);
  });

  it("is silent for the whole bot as long as Telegram said", async () => {
    const standIn = await aStandIn();
    const { channel, clock } = aPollingChannel(standIn, aBot());
    standIn.faults.push({ kind: "flood", retryAfter: 30 });
    await standIn.writes(501, "x");
    expect(await channel.driver.send(anOutbound(1))).toEqual({ kind: "later", retryAfterMs: 30_000 });
    const other = await channel.driver.send(anOutbound(2, { address: "502" }));
    expect(other).toMatchObject({ kind: "later" });
    expect(standIn.calls.filter((call) => call === "sendMessage")).toHaveLength(1);
    clock.advance(30_000);
    expect(await channel.driver.send(anOutbound(1))).toEqual({ kind: "sent" });
  });

  it.each([
    {
      name: "a person who blocked us",
      before: (standIn: TelegramStandIn) => void standIn.blocked.add(501),
      over: {},
      code: "TELEGRAM_403",
    },
    {
      name: "a chat that does not exist",
      before: () => {},
      over: { address: "404404" },
      code: "TELEGRAM_400",
    },
    { name: "no address", before: () => {}, over: { address: null }, code: "NO_ADDRESS" },
    {
      name: "words two days old",
      before: () => {},
      over: { entry: { ...anOutbound().entry, at: NOON - 49 * 3600 * 1000 } },
      code: "TOO_LATE",
    },
  ])("gives up on $name", async ({ before, over, code }) => {
    const standIn = await aStandIn();
    await standIn.writes(501, "x");
    before(standIn);
    expect(await aPollingChannel(standIn, aBot()).channel.driver.send(anOutbound(1, over))).toEqual({
      kind: "refused",
      code,
      ...(code === "TELEGRAM_403" ? { isBlocked: true } : {}),
    });
  });

  it("asks no more for words that waited when the person blocked us, and again for what is said after", async () => {
    const standIn = await aStandIn();
    await standIn.writes(501, "x");
    const { channel, clock } = aPollingChannel(standIn, aBot());
    standIn.blocked.add(501);
    const blocked = { kind: "refused", code: "TELEGRAM_403", isBlocked: true };
    for (const seq of [1, 2, 3]) expect(await channel.driver.send(anOutbound(seq))).toEqual(blocked);
    expect(standIn.calls.filter((call) => call === "sendMessage")).toHaveLength(1);
    standIn.blocked.delete(501);
    clock.advance(1000);
    const later = anOutbound(4, { entry: { ...anOutbound(4).entry, at: clock.now() } });
    expect(await channel.driver.send(later)).toEqual({ kind: "sent" });
  });

  it.each([
    { name: "who blocked us alarms nobody", block: true, result: "blocked" },
    { name: "a message that Telegram cannot take does", block: false, result: "refused" },
  ])("$name", async ({ block, result }) => {
    const standIn = await aStandIn();
    const counted: string[] = [];
    const bot = aBot({
      metrics: {
        count: (name, labels) => void (name === "outbound_total" && counted.push(labels?.["result"] ?? "")),
        observe: () => {},
        gauge: () => {},
      },
    });
    await standIn.writes(501, "x");
    if (block) standIn.blocked.add(501);
    else standIn.faults.push({ kind: "status", status: 400 });
    const { channel } = aPollingChannel(standIn, bot);
    const worker = runBot({ ...bot, drivers: new Map([["telegram", channel.driver]]) });
    closing.push(() => worker.stop());
    const id = idOf("telegram", "501");
    await bot.store.enqueue({
      ...{ conversationId: id, channel: "telegram", address: "501", channelMessageId: "tg:1" },
      ...{ receivedAt: NOON, content: { kind: "text", text: "em chào" } },
    });
    await eventually(async () => expect((await bot.store.outbox.counts()).dead).toBe(1));
    expect(counted).toEqual([result]);
  });

  it("sends words once though the store cannot keep their number", async () => {
    const standIn = await aStandIn();
    await standIn.writes(501, "x");
    const bot = aBot();
    const id = idOf("telegram", "501");
    const stored = aConversation({ id, channel: "telegram", address: "501" });
    await bot.store.commit(anOutcome(stored), { kind: "act", actId: "1" });
    const put = async () => Promise.reject(new Error("away"));
    const { channel } = aPollingChannel(standIn, {
      ...bot,
      store: { ...bot.store, shelf: { ...bot.store.shelf, put } },
    });
    expect(await channel.driver.send(anOutbound(1, { conversationId: id }))).toEqual({ kind: "sent" });
    expect(bot.logged.join()).toContain("telegram-number-not-kept");
  });

  it("waits longer with every failure, all chats together, and sends when Telegram is back", async () => {
    const standIn = await aStandIn();
    await standIn.writes(501, "x");
    const { channel, clock } = aPollingChannel(standIn, aBot());
    standIn.faults.push(
      { kind: "status", status: 502 },
      { kind: "hang-up" },
      { kind: "status", status: 500 },
    );
    const waits: number[] = [];
    for (let index = 0; index < 3; index++) {
      const result = await channel.driver.send(anOutbound());
      if (result.kind !== "later") throw new Error(result.kind);
      waits.push(Math.ceil(result.retryAfterMs / 1000));
      clock.advance(result.retryAfterMs);
    }
    expect(waits).toEqual([1, 2, 4]);
    expect(await channel.driver.send(anOutbound())).toEqual({ kind: "sent" });
  });

  it("keeps what cannot be sent with a withdrawn token for a new one", async () => {
    const standIn = await aStandIn();
    const bot = aBot();
    const { channel } = aPollingChannel(standIn, bot, "999999:another-token-BBBBBBBBBBBBBB");
    expect(await channel.driver.send(anOutbound())).toMatchObject({ kind: "later" });
    expect(bot.logged.join()).toContain("telegram-token-refused");
    expect(bot.logged.join()).not.toContain("another-token");
  });

  it("sends the rest of a message when one button's value would be too long for Telegram", async () => {
    const standIn = await aStandIn();
    await standIn.writes(501, "x");
    const buttons = [
      { label: "Dài", value: "đ".repeat(40) },
      { label: "Vừa", value: "f:scam" },
    ];
    const entry = { ...anOutbound().entry, speech: { ...anOutbound().entry.speech, buttons } };
    expect(await aPollingChannel(standIn, aBot()).channel.driver.send(anOutbound(1, { entry }))).toEqual({
      kind: "sent",
    });
    expect(standIn.sentTo(501)[0]?.buttons.map(({ text }) => text)).toEqual(["Vừa"]);
  });

  it("delivers through a storm of refusals without losing or doubling a line", async () => {
    const standIn = await aStandIn();
    const bot = aBot();
    const { channel } = aPollingChannel(standIn, bot);
    const worker = runBot({ ...bot, drivers: new Map([["telegram", channel.driver]]) });
    closing.push(() => worker.stop());
    // Waiting is real here, so the storm is short: floods for all, and two kinds of outage.
    for (let index = 0; index < 40; index++)
      standIn.faults.push(
        index % 8 === 3
          ? { kind: "status", status: 502 }
          : index % 8 === 6
            ? { kind: "hang-up" }
            : { kind: "flood", retryAfter: 1 },
      );
    channel.start();
    closing.push(() => channel.stop());
    for (let index = 0; index < 100; index++) await standIn.writes(800 + (index % 25), `tin ${index} #scam`);
    await eventually(async () => {
      expect(standIn.waitingUpdates()).toBe(0);
      expect(await bot.store.outbox.counts()).toMatchObject({ waiting: 0, dead: 0 });
    }, 50_000);
    for (let chat = 800; chat < 825; chat++) {
      const lines = await bot.store.transcript(idOf("telegram", String(chat)), { after: 0, limit: 100 });
      const said = lines.flatMap(({ speech }) => (speech === undefined ? [] : [speech.text.trim()]));
      const heard = standIn.sentTo(chat).map(({ text }) => text);
      expect(heard).toHaveLength(said.length);
      said.forEach((text, index) => expect(heard[index]).toContain(text));
    }
  }, 60_000);
});
