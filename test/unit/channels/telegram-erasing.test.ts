import { afterEach, describe, expect, it } from "@jest/globals";
import type { OutboundMessage } from "../../../src/app/ports.ts";
import { aBot } from "../../support/a-bot.ts";
import { aConversation, anOutcome, botEntry } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { TelegramStandIn } from "../../support/telegram-stand-in.ts";
import { aPollingChannel, aTelegram, idOf } from "./messenger-bench.ts";

const HOUR_MS = 3600 * 1000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aTalk(bot = aBot()) {
  const messenger = await aTelegram("polling", bot);
  closing.push(() => messenger.stop());
  messenger.standIn.now = () => messenger.clock.now();
  const says = async (text: string) => {
    const before = messenger.heard("501").length;
    await messenger.says("501", text);
    await eventually(() => expect(messenger.heard("501").length).toBeGreaterThan(before));
  };
  return { ...messenger, says };
}

const deletions = (calls: readonly string[]) => calls.filter((call) => call === "deleteMessages").length;
const isFarewell = (text: string) => text.includes("48 giờ");

describe("/xoa on Telegram", () => {
  it("takes back what we sent, leaves the farewell, and says what it cannot reach and how the person can", async () => {
    const { says, taps, heard, standIn, bot, conversationOf } = await aTalk();
    await says("em chào");
    await says("/xoa");
    expect(heard("501").length).toBeGreaterThan(1);
    await taps("501", "Xóa hết ngay");
    await eventually(() => expect(heard("501").map(isFarewell)).toEqual([true]));
    expect(heard("501")[0]).toContain("nhấn giữ tên Kề Bên");
    await eventually(async () => {
      const marks = await bot.store.sentMarks.of(conversationOf("501"));
      expect(marks.map((mark) => mark.message)).toEqual(standIn.sentTo(501).map(({ id }) => id));
    });
    // The talk goes on, and nothing of it is deleted.
    await says("em chào");
    await says("em hỏi nữa");
    expect(heard("501").length).toBeGreaterThan(2);
    expect(deletions(standIn.calls)).toBe(1);
  });

  it("asks nothing of Telegram for messages older than 48 hours, which it would refuse with all the others", async () => {
    const { says, taps, heard, standIn, clock, bot } = await aTalk();
    await says("em chào");
    const old = heard("501");
    clock.advance(48 * HOUR_MS);
    bot.clock.advance(48 * HOUR_MS);
    await says("/xoa");
    await taps("501", "Xóa hết ngay");
    await eventually(() => expect(deletions(standIn.calls)).toBe(1));
    await eventually(() => expect(heard("501").filter((text) => !isFarewell(text))).toEqual(old));
  });

  it.each([
    { name: "Telegram is away", fault: { kind: "status", status: 502 } as const },
    { name: "we are too fast", fault: { kind: "flood", retryAfter: 1 } as const },
    { name: "the line breaks", fault: { kind: "hang-up" } as const },
  ])("while $name it tries again, and says the farewell once", async ({ fault }) => {
    const { says, taps, heard, standIn } = await aTalk();
    await says("em chào");
    await says("/xoa");
    standIn.deleteFaults.push(fault);
    await taps("501", "Xóa hết ngay");
    await eventually(() => expect(deletions(standIn.calls)).toBe(2), 8000);
    await eventually(() => expect(heard("501").map(isFarewell)).toEqual([true]));
  });

  it("a crash between the farewell and the deleting: the next process deletes, and never a farewell", async () => {
    const bot = aBot();
    const standIn = await new TelegramStandIn().listen();
    closing.push(() => standIn.close());
    await standIn.writes(501, "em chào");
    const id = idOf("telegram", "501");
    const stored = { id, channel: "telegram", address: "501" } as const;
    await bot.store.commit(anOutcome(aConversation({ ...stored, revision: 1 })), { kind: "act", actId: "1" });
    const saying = (seq: number, text: string): OutboundMessage => ({
      ...{ id: `c.${seq}`, conversationId: id, channel: "telegram", address: "501" },
      entry: {
        ...botEntry(seq, text),
        speech: { text, points: [], helplines: [], buttons: [], tone: "plain" },
      },
    });
    const first = aPollingChannel(standIn, bot).channel.driver;
    for (const seq of [1, 2, 3]) await first.send(saying(seq, `dòng ${seq}`));
    const erased = anOutcome(aConversation({ ...stored, revision: 2, erasures: 1 }), { erase: true });
    await bot.store.commit(erased, { kind: "act", actId: "2" });
    standIn.deleteFaults.push({ kind: "hang-up" });
    expect(await first.send(saying(4, "Đã xóa."))).toMatchObject({ kind: "later" });
    expect(standIn.sentTo(501)).toHaveLength(4);
    // It knows nothing of what the first had done already: delivery is at least once.
    const second = aPollingChannel(standIn, bot).channel.driver;
    expect(await second.send(saying(4, "Đã xóa."))).toEqual({ kind: "sent" });
    expect(standIn.sentTo(501).map(({ text }) => text)).toEqual(["Đã xóa.", "Đã xóa."]);
  });

  it("takes back three hundred messages in calls that Telegram takes", async () => {
    const { says, taps, heard, standIn, bot, clock, conversationOf } = await aTalk();
    await says("em chào");
    await says("/xoa");
    for (let index = 0; index < 250; index++) {
      const message = standIn.sendsAsBot(501, `tin ${index}`);
      await bot.store.sentMarks.note(conversationOf("501"), { message, at: clock.now(), erasures: 0 });
    }
    await taps("501", "Xóa hết ngay");
    await eventually(() => expect(heard("501").map(isFarewell)).toEqual([true]));
    expect(deletions(standIn.calls)).toBe(3);
  });

  it("a chat in which Telegram refuses to delete gets its farewell, and is not tried for ever", async () => {
    const { says, taps, heard, standIn, bot, conversationOf } = await aTalk();
    await says("em chào");
    await says("/xoa");
    standIn.deleteFaults.push({ kind: "status", status: 400 });
    await taps("501", "Xóa hết ngay");
    await eventually(() => expect(bot.logged.join()).toContain("telegram-take-back-refused"));
    expect(heard("501").filter(isFarewell)).toHaveLength(1);
    await eventually(async () => expect(await bot.store.sentMarks.of(conversationOf("501"))).toHaveLength(1));
  });
});
