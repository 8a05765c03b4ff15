import { afterEach, describe, expect, it } from "@jest/globals";
import { Api } from "grammy";
import { startPolling } from "../../../src/adapters/channels/telegram/poll.ts";
import { createLocalLeases } from "../../../src/adapters/stores/embedded/local-leases.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import { aBot } from "../../support/a-bot.ts";
import { eventually } from "../../support/eventually.ts";
import { TelegramStandIn } from "../../../src/cli/simulate/telegram-stand-in.ts";
import { aPollingChannel, aTelegram, idOf } from "./messenger-bench.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aStandIn(): Promise<TelegramStandIn> {
  const standIn = await new TelegramStandIn().listen();
  closing.push(() => standIn.close());
  return standIn;
}

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
      const { channel } = aPollingChannel(standIn, bot);
      const reached = new Promise<void>((resolve) => {
        onTaken = () => taken >= goal && resolve();
      });
      channel.start();
      await reached;
      await channel.stop();
    }
    expect(standIn.waitingUpdates()).toBeGreaterThan(0);
    expect(taken).toBeGreaterThan(600);
    const { channel } = aPollingChannel(standIn, bot);
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
    const first = aPollingChannel(standIn, bot).channel;
    first.start();
    await eventually(() => expect(answers.length).toBeLessThan(9));
    await first.stop();
    expect(standIn.waitingUpdates()).toBe(1);
    answers.length = 0;
    const second = aPollingChannel(standIn, bot).channel;
    second.start();
    await eventually(() => expect(standIn.waitingUpdates()).toBe(0));
    await second.stop();
    const taken: unknown[] = [];
    const worker = store.consume(async (message) => void taken.push(message.content));
    closing.push(() => worker.stop());
    await eventually(() => expect(taken).toEqual([{ kind: "text", text: "em chào" }]));
  });

  it("asks from one process at a time, and another goes on when that one stops or is gone", async () => {
    const standIn = await aStandIn();
    const bot = aBot();
    const taken: number[] = [];
    const receive = async (update: unknown) => {
      taken.push((update as { update_id: number }).update_id);
      return "taken" as const;
    };
    const leases = createLocalLeases({ now: () => Date.now() });
    const api = new Api(standIn.token, { apiRoot: standIn.url, timeoutSeconds: 60 });
    // Held by a process that is gone: nobody asks until its time is over.
    await leases.take("telegram-poll", "a process that was killed", 150);
    const first = startPolling({ api, receive, log: bot.log, leases, lookEveryMs: 10 });
    const second = startPolling({ api, receive, log: bot.log, leases, lookEveryMs: 10 });
    closing.push(
      () => first.stop(),
      () => second.stop(),
    );
    const sent = [(await standIn.writes(501, "một")).update_id];
    expect(standIn.calls).not.toContain("getUpdates");
    await eventually(() => expect(taken).toEqual(sent));
    await first.stop();
    sent.push((await standIn.writes(501, "hai")).update_id);
    // An update that was taken and not yet confirmed comes once more: the inbox knows it.
    await eventually(() => expect([...new Set(taken)]).toEqual(sent));
    expect(bot.logged.join()).not.toContain("telegram-polled-elsewhere");
  });

  it("stops at once while Telegram is away, and says nothing of the token", async () => {
    const standIn = await aStandIn();
    const bot = aBot();
    const { channel } = aPollingChannel(standIn, bot, "999999:another-token-BBBBBBBBBBBBBB");
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

  it("is followed within half a minute when its process dies: lease and the others' look together", async () => {
    const standIn = await aStandIn();
    const bot = aBot();
    const spans: number[] = [];
    const leases = {
      take: async (_name: string, _holder: string, forMs: number) => Boolean(spans.push(forMs)),
      giveBack: async () => {},
    };
    const api = new Api(standIn.token, { apiRoot: standIn.url });
    const receive = async () => "taken" as const;
    const poller = startPolling({ api, receive, log: bot.log, leases });
    await eventually(() => expect(standIn.calls).toContain("getUpdates"));
    await poller.stop();
    const LOOK_MS = 3000;
    expect(Math.max(...spans) + LOOK_MS).toBeLessThanOrEqual(30_000);
  });
});
