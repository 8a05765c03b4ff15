import { afterEach, describe, expect, it } from "@jest/globals";
import { createPace } from "../../../src/adapters/channels/telegram/pace.ts";
import { createTelegramChannel } from "../../../src/adapters/channels/telegram/create-telegram-channel.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import type { OutboundMessage } from "../../../src/app/ports.ts";
import { runBot } from "../../../src/app/run-bot.ts";
import { createConversationIds } from "../../../src/adapters/system/ids.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { botEntry, conversationId, NOON } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { createSimulatedClock } from "../../support/simulated-clock.ts";
import { TelegramStandIn } from "../../support/telegram-stand-in.ts";
import { aTelegram, createRunningClock } from "./messenger-bench.ts";

const idOf = createConversationIds(Buffer.alloc(32, 1));
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aStandIn(): Promise<TelegramStandIn> {
  const standIn = await new TelegramStandIn().listen();
  closing.push(() => standIn.close());
  return standIn;
}

function aChannel(standIn: TelegramStandIn, bot: ABot, token = standIn.token) {
  const clock = createRunningClock();
  const options = { token, apiRoot: `${standIn.url}/`, webhook: null };
  const channel = createTelegramChannel(options, {
    ...bot,
    clock,
    conversationIdOf: (id) => idOf("telegram", id),
    wait: async (ms) => clock.advance(ms),
  });
  return { channel, clock };
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

describe("taking updates by polling", () => {
  it("answers every message once and in order over 20 restarts in mid-batch, with deliveries doubled", async () => {
    const standIn = await aStandIn();
    const real = aBot().store;
    let taken = 0;
    let onTaken = () => {};
    const enqueue: typeof real.enqueue = (message) => {
      taken++;
      onTaken();
      return real.enqueue(message);
    };
    const bot = aBot({ store: { ...real, enqueue } });
    const handle = createInboundHandler(bot);
    const worker = bot.store.consume(async (message) => void (await handle(message)));
    closing.push(() => worker.stop());
    const sent: Record<number, string[]> = {};
    for (let index = 0; index < 600; index++) {
      const chat = 700 + (index % 12);
      const update = await standIn.writes(chat, `tin ${index}`);
      (sent[chat] ??= []).push(`tin ${index}`);
      if (index % 5 === 0) await standIn.deliver(update);
    }
    // Each run is cut at another place: inside a batch of a hundred, or just behind it.
    for (let restart = 1; restart <= 20; restart++) {
      const goal = taken + (restart % 5 === 0 ? 130 : (restart * 37) % 90);
      const { channel } = aChannel(standIn, bot);
      const reached = new Promise<void>((resolve) => {
        onTaken = () => taken >= goal && resolve();
      });
      channel.start();
      await reached;
      await channel.stop();
    }
    expect(standIn.waitingUpdates()).toBeGreaterThan(0);
    expect(taken).toBeGreaterThan(600);
    const { channel } = aChannel(standIn, bot);
    channel.start();
    await eventually(() => expect(standIn.waitingUpdates()).toBe(0), 30_000);
    await channel.stop();
    for (const [chat, texts] of Object.entries(sent)) {
      await eventually(async () => {
        const lines = await bot.store.transcript(idOf("telegram", chat), { after: 0, limit: 500 });
        expect(lines.flatMap((line) => (line.said?.kind === "text" ? [line.said.text] : []))).toEqual(texts);
      });
    }
  }, 60_000);

  it("confirms nothing to Telegram while the inbox is full or failing, and takes it when it is well again", async () => {
    const standIn = await aStandIn();
    const real = aBot().store;
    const answers: ("full" | "broken")[] = ["full", "broken"];
    const store = {
      ...real,
      enqueue: async (...args: Parameters<typeof real.enqueue>) => {
        const answer = answers.shift();
        if (answer === "broken") throw new Error("disk gone");
        return answer ?? real.enqueue(...args);
      },
    };
    const bot = aBot({ store });
    await standIn.writes(501, "em chào");
    answers.push(...Array.from({ length: 8 }, () => "full" as const));
    const first = aChannel(standIn, bot).channel;
    first.start();
    await eventually(() => expect(answers.length).toBeLessThan(9));
    await first.stop();
    expect(standIn.waitingUpdates()).toBe(1);
    answers.length = 0;
    const second = aChannel(standIn, bot).channel;
    second.start();
    await eventually(() => expect(standIn.waitingUpdates()).toBe(0));
    await second.stop();
    const taken: unknown[] = [];
    const worker = store.consume(async (message) => void taken.push(message.content));
    closing.push(() => worker.stop());
    await eventually(() => expect(taken).toEqual([{ kind: "text", text: "em chào" }]));
  });

  it("stops at once while Telegram is away, and says nothing of the token", async () => {
    const standIn = await aStandIn();
    const bot = aBot();
    const { channel } = aChannel(standIn, bot, "999999:another-token-BBBBBBBBBBBBBB");
    channel.start();
    await eventually(() => expect(bot.logged.join()).toContain("telegram-token-refused"));
    const startedAt = Date.now();
    await channel.stop();
    expect(Date.now() - startedAt).toBeLessThan(1000);
    expect(bot.logged.join()).not.toContain("another-token");
  });

  it("answers taps at once, sets the menu, and tells a group once where to write, keeping nothing of it", async () => {
    const messenger = await aTelegram("polling");
    closing.push(() => messenger.stop());
    const { standIn, bot } = messenger;
    await messenger.says("501", "các chủ đề #help_menu");
    await eventually(() => expect(messenger.labels("501").length).toBeGreaterThan(0));
    await messenger.taps("501", messenger.labels("501")[0] ?? "");
    await eventually(() => expect(standIn.unansweredTaps()).toBe(0));
    await eventually(() => expect(standIn.calls.filter((call) => call === "setMyCommands")).toHaveLength(2));
    for (const text of ["/start", "có ai không"])
      await standIn.arrives({ message: standIn.message(-77, { text }, "supergroup") });
    await messenger.says("502", "em chào");
    await eventually(() => expect(messenger.heard("502").length).toBeGreaterThan(0));
    expect(messenger.heard("-77")).toHaveLength(1);
    expect(await bot.store.load(idOf("telegram", "-77"))).toBeNull();
  });

  it("shows that a counsellor is writing", async () => {
    const messenger = await aTelegram("polling");
    closing.push(() => messenger.stop());
    await messenger.says("501", "em chào");
    await eventually(() => expect(messenger.heard("501").length).toBeGreaterThan(0));
    for (let index = 0; index < 5; index++)
      messenger.bot.events.publish({
        kind: "counsellor-typing",
        conversationId: messenger.conversationOf("501"),
      });
    await eventually(() =>
      expect(messenger.standIn.calls.filter((call) => call === "sendChatAction")).toHaveLength(1),
    );
  });
});

describe("sending to Telegram", () => {
  it("keeps to one message a second in a chat after a short burst, and 30 a second in all", async () => {
    const clock = createSimulatedClock();
    const pace = createPace(clock, async (ms) => clock.advance(ms));
    const inChat: number[] = [];
    for (let index = 0; index < 6; index++) {
      await pace.turn("501");
      inChat.push(Math.round((clock.now() - NOON) / 1000));
    }
    expect(inChat).toEqual([0, 0, 0, 1, 2, 3]);
    const startedAt = clock.now();
    for (let chat = 0; chat < 300; chat++) await pace.turn(String(chat));
    expect(clock.now() - startedAt).toBeGreaterThan(9900);
  });

  it("is silent for the whole bot as long as Telegram said", async () => {
    const standIn = await aStandIn();
    const { channel, clock } = aChannel(standIn, aBot());
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
    expect(await aChannel(standIn, aBot()).channel.driver.send(anOutbound(1, over))).toEqual({
      kind: "refused",
      code,
    });
  });

  it("waits longer with every failure, all chats together, and sends when Telegram is back", async () => {
    const standIn = await aStandIn();
    await standIn.writes(501, "x");
    const { channel, clock } = aChannel(standIn, aBot());
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
    const { channel } = aChannel(standIn, bot, "999999:another-token-BBBBBBBBBBBBBB");
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
    expect(await aChannel(standIn, aBot()).channel.driver.send(anOutbound(1, { entry }))).toEqual({
      kind: "sent",
    });
    expect(standIn.sentTo(501)[0]?.buttons.map(({ text }) => text)).toEqual(["Vừa"]);
  });

  it("delivers through a storm of refusals without losing or doubling a line", async () => {
    const standIn = await aStandIn();
    const bot = aBot();
    const { channel } = aChannel(standIn, bot);
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
