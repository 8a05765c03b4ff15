import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createPatientHandler } from "../../src/app/answer-once.ts";
import type { InboundMessage, TranscriptEntry } from "../../src/domain/conversation/message.ts";
import { aBot } from "../support/a-bot.ts";
import { conversationId, NOON, said, tapped } from "../support/builders.ts";

const WHO = conversationId("wtest");

interface Sent {
  readonly message: InboundMessage;
  readonly atMs: number;
}

const at = (ms: number, text: string): Sent => ({
  message: said(text, { receivedAt: NOON + ms }),
  atMs: ms,
});

/** A lane of the inbox with time that only this test moves: what is taken when, and what stands in the transcript then. */
async function live(
  sent: readonly Sent[],
  options: { restartAt?: number; typingAt?: readonly number[] } = {},
) {
  const bot = aBot();
  let handler = createPatientHandler(bot);
  const inbox: InboundMessage[] = [];
  const coming = [...sent];
  const answeredAt = new Map<string, number>();
  for (let ms = 0; ms <= 60_000 && (coming.length > 0 || inbox.length > 0); ms += 50) {
    if (ms === options.restartAt) handler = createPatientHandler(bot);
    if (options.typingAt?.includes(ms)) bot.events.publish({ kind: "person-typing", conversationId: WHO });
    for (let next = coming[0]; next !== undefined && next.atMs <= ms; next = coming[0]) {
      await bot.store.enqueue(next.message);
      inbox.push(next.message);
      coming.shift();
    }
    for (let head = inbox[0]; head !== undefined; head = inbox[0]) {
      const result = await handler.handle(head, { next: () => inbox[1] ?? null });
      if (typeof result === "object") break;
      answeredAt.set(head.channelMessageId, ms);
      inbox.shift();
    }
    bot.clock.advance(50);
  }
  const entries = await bot.store.transcript(WHO, { after: 0, limit: 1000 });
  return {
    bot,
    entries,
    delayOf: ({ message, atMs }: Sent) => (answeredAt.get(message.channelMessageId) ?? NaN) - atMs,
  };
}

const textsOf = (entries: readonly TranscriptEntry[]) =>
  entries.flatMap(({ said: words }) => (words?.kind === "text" ? [words.text] : []));
const speakers = (entries: readonly TranscriptEntry[]) =>
  entries.map(({ from }) => from).filter((from, index, all) => from !== all[index - 1]);

describe("several short messages in a row", () => {
  it("are answered once, and what they say together is what is understood", async () => {
    const { entries, bot } = await live([at(0, "em bị"), at(500, "#cyberbullying"), at(900, "hu hu")]);
    expect(textsOf(entries)).toEqual(["em bị", "#cyberbullying", "hu hu"]);
    expect(speakers(entries)).toEqual(["person", "bot"]);
    expect((await bot.store.load(WHO))?.cursor?.flow).toBe("cyberbullying");
  });

  it("are answered when the person pauses, and each thought on its own after that", async () => {
    const first = at(0, "em bị");
    const { entries, delayOf } = await live([first, at(3000, "cô giáo")]);
    expect(speakers(entries)).toEqual(["person", "bot", "person", "bot"]);
    expect(delayOf(first)).toBeGreaterThanOrEqual(1200);
    expect(delayOf(first)).toBeLessThanOrEqual(1300);
  });

  it("wait longer while the person is seen to type, but never without end", async () => {
    const typingAt = Array.from({ length: 400 }, (_each, index) => index * 50);
    const only = at(0, "em bị");
    const { delayOf } = await live([only], { typingAt });
    expect(delayOf(only)).toBeGreaterThan(4000);
    expect(delayOf(only)).toBeLessThanOrEqual(5100);
  });

  it("danger in any of them is answered at once, also behind one that waits", async () => {
    const urgent = at(300, "!urgent cứu");
    const { entries, delayOf, bot } = await live([at(0, "em ơi"), urgent, at(600, "nhanh")]);
    expect(delayOf(urgent)).toBeLessThanOrEqual(100);
    expect(entries.map(({ from }) => from).slice(0, 3)).toEqual(["person", "person", "bot"]);
    expect(await bot.store.handoffs.open()).toHaveLength(1);
  });

  it("the first answer still says that a machine speaks, however many pieces came before it", async () => {
    const { entries } = await live([at(0, "#scam"), at(400, "em ơi"), at(800, "hu hu")]);
    const words = entries.flatMap(({ speech }) => (speech === undefined ? [] : [speech.text]));
    expect(words.join(" ")).toMatch(/chương trình trả lời tự động/);
  });

  it("once a talk has shown any risk, every message in it is answered at once", async () => {
    const later = at(4000, "dạ");
    const { delayOf } = await live([at(0, "!concern em sợ"), later]);
    expect(delayOf(later)).toBe(0);
  });

  it.each([
    { what: "a question", text: "giờ em làm gì?" },
    { what: "a whole sentence", text: "Em bị lừa." },
    {
      what: "a long text",
      text: "hôm qua có một người lạ nhắn tin cho em rồi rủ em chơi chung một trò chơi",
    },
  ])("$what is answered without waiting", async ({ text }) => {
    const only = at(0, text);
    expect((await live([only])).delayOf(only)).toBe(0);
  });

  it("a tapped button is answered without waiting, and so are the words before it", async () => {
    const tap = { message: tapped("f:help_menu", { receivedAt: NOON + 200 }), atMs: 200 };
    const { entries, delayOf } = await live([at(0, "em bị"), tap]);
    expect(delayOf(tap)).toBe(0);
    expect(speakers(entries)).toEqual(["person", "bot", "person", "bot"]);
  });

  it("on other channels each message is answered as it comes", async () => {
    const only = { message: said("em bị", { channel: "telegram", receivedAt: NOON }), atMs: 0 };
    expect((await live([only])).delayOf(only)).toBe(0);
  });

  it("none is lost, doubled, put out of order or left without an answer, whenever they come and whoever restarts", async () => {
    const piece = fc.record({
      gap: fc.integer({ min: 0, max: 50 }).map((steps) => steps * 50),
      text: fc.oneof(
        fc.constantFrom("em", "bị", "#scam", "dạ", "không", "1", "ok", "hả?", "#bot_identity", "!concern"),
        fc.constantFrom(
          "!urgent",
          "!emergency",
          "một câu dài hơn hẳn để không ai coi đó là một mẩu rời rạc nữa",
        ),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 0, max: 100 }),
        async (pieces, restart) => {
          let ms = 0;
          const sent = pieces.map(({ gap, text }, index) => at((ms += gap), `${text} ${index}`));
          const { entries } = await live(sent, { restartAt: restart * 50 });
          expect(textsOf(entries)).toEqual(pieces.map(({ text }, index) => `${text} ${index}`));
          expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_each, index) => index + 1));
          // A live talk would be silent; here the bot always has the last word.
          expect(entries.at(-1)?.from).toBe("bot");
          for (const [index, entry] of entries.entries()) {
            const isUrgent = textsOf([entry]).some((text) => /!(urgent|emergency)/.test(text));
            if (isUrgent) expect(entries[index + 1]?.from).toBe("bot");
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});
