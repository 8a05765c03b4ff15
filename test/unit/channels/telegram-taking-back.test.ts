import { afterEach, describe, expect, it } from "@jest/globals";
import type { Api } from "grammy";
import { createOwnMessages } from "../../../src/adapters/channels/telegram/own-messages.ts";
import { createEmbeddedStore } from "../../../src/adapters/stores/embedded/create-embedded-store.ts";
import { createMemoryKeyValue } from "../../../src/adapters/stores/embedded/memory-key-value.ts";
import { aBot } from "../../support/a-bot.ts";
import { conversationId } from "../../support/builders.ts";
import { createSimulatedClock } from "../../support/simulated-clock.ts";
import { eventually } from "../../support/eventually.ts";
import { aTelegram } from "./messenger-bench.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aTalk() {
  const messenger = await aTelegram("polling");
  closing.push(() => messenger.stop());
  const { standIn } = messenger;
  const says = async (person: string, text: string) => {
    const before = standIn.sentTo(Number(person)).at(-1)?.id ?? 0;
    await messenger.says(person, text);
    await eventually(() => expect(standIn.sentTo(Number(person)).at(-1)?.id ?? 0).toBeGreaterThan(before));
  };
  return { messenger, standIn, says };
}

describe("deleting everything, in Telegram", () => {
  it("takes back what the bot said in the last 48 hours, leaves the line that says so, and touches no other chat", async () => {
    const { messenger, standIn, says } = await aTalk();
    await says("502", "em chào");
    const others = standIn.sentTo(502);
    await says("501", "em chào");
    await says("501", "bị lừa mất tiền #scam");
    const first = standIn.sentTo(501).map(({ id }) => id);
    expect(first.length).toBeGreaterThan(1);
    await messenger.says("501", "/xoa");
    await eventually(() => expect(messenger.labels("501")).toContain("Xóa hết ngay"));
    const asked = standIn.sentTo(501).map(({ id }) => id);
    await messenger.taps("501", "Xóa hết ngay");
    await eventually(() => {
      expect(
        standIn
          .sentTo(501)
          .map(({ id }) => id)
          .filter((id) => asked.includes(id)),
      ).toEqual([]);
      expect(standIn.sentTo(501)).toHaveLength(1);
    });
    // What stays is said, and how the person can delete it.
    expect(standIn.sentTo(501)[0]?.text).toMatch(/Tin cũ hơn.*không gỡ được.*nhấn giữ tên Kề Bên/u);
    expect(standIn.sentTo(502)).toEqual(others);
    // The next talk is not touched by what was deleted before.
    await says("501", "em chào");
    expect(standIn.sentTo(501).length).toBeGreaterThan(1);
  });

  it("tries again when Telegram is away, and says that it is done only then", async () => {
    const { messenger, standIn, says } = await aTalk();
    await says("501", "em chào");
    await messenger.says("501", "/xoa");
    await eventually(() => expect(messenger.labels("501")).toContain("Xóa hết ngay"));
    messenger.failNext("down", "hang-up", "flood");
    await messenger.taps("501", "Xóa hết ngay");
    await eventually(() => expect(standIn.sentTo(501)).toHaveLength(1), 15_000);
    expect(standIn.calls.filter((call) => call === "deleteMessages").length).toBeGreaterThan(1);
  }, 30_000);

  it("asks for no more than Telegram allows: what is younger than 48 hours, a hundred at a time, once", async () => {
    const clock = createSimulatedClock();
    const store = createEmbeddedStore(createMemoryKeyValue(), { clock });
    const asked: number[][] = [];
    const api = { deleteMessages: async (_chat: unknown, ids: number[]) => Boolean(asked.push(ids)) };
    const own = createOwnMessages({ api: api as unknown as Api, shelf: store.shelf, clock, log: aBot().log });
    const chat = { id: conversationId("t501"), address: "501", erasures: 0 };
    await own.note(chat, 1);
    clock.advance(3600 * 1000 + 30_000);
    // By our clock half a minute too young: Telegram's may be ahead, and would refuse the whole call.
    await own.note(chat, 152);
    clock.advance(46 * 3600 * 1000 - 30_000);
    for (let id = 2; id <= 151; id++) await own.note(chat, id);
    clock.advance(2 * 3600 * 1000);
    await own.takeBack(chat);
    expect(asked).toEqual([]);
    await own.takeBack({ ...chat, erasures: 1 });
    await own.takeBack({ ...chat, erasures: 1 });
    expect(asked.map((ids) => ids.length)).toEqual([100, 50]);
    expect(asked.flat()).not.toContain(1);
    expect(asked.flat()).not.toContain(152);
    await store.close();
  });
});
