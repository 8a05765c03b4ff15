import { afterEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createRandom } from "../../../src/adapters/nlu/nlpjs/random.ts";
import { runBot } from "../../../src/app/run-bot.ts";
import { renderPlain } from "../../../src/app/render-plain.ts";
import { aBot } from "../../support/a-bot.ts";
import { botEntry, conversationId } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { TelegramStandIn } from "../../../src/cli/simulate/telegram-stand-in.ts";
import { aPollingChannel, idOf } from "./messenger-bench.ts";

// The long form: STORM_UPDATES=5000 npm test -- test/unit/channels/telegram-storm
const UPDATES = Number(process.env["STORM_UPDATES"] ?? 200);
// Each chat tries again once a second: with few of them, refusals in bursts leave hardly any send through.
const CHATS = Math.max(40, Math.ceil(UPDATES / 50));
const RESTARTS = UPDATES < 1000 ? 4 : 20;
const PATIENCE_MS = Math.max(60_000, UPDATES * 60);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aStandIn(): Promise<TelegramStandIn> {
  const standIn = await new TelegramStandIn().listen();
  closing.push(() => standIn.close());
  return standIn;
}

describe(`${UPDATES} updates in a storm`, () => {
  it(
    `are each answered once, in order per chat, over ${RESTARTS} restarts, doubled deliveries, refusals and outages`,
    async () => {
      const standIn = await aStandIn();
      const bot = aBot();
      const random = createRandom(11);
      const written = new Map<number, string[]>();
      for (let n = 0; n < UPDATES; n++) {
        const chat = 1000 + Math.floor(random() * CHATS);
        const text = `tin ${n} #scam`;
        const update = await standIn.writes(chat, text);
        written.set(chat, [...(written.get(chat) ?? []), text]);
        // Older updates come once more behind newer ones: doubled and out of order.
        if (random() < 0.2) await standIn.deliver(update);
      }
      for (let restart = 0; restart <= RESTARTS; restart++) {
        const { channel } = aPollingChannel(standIn, bot);
        const running = runBot({ ...bot, drivers: new Map([["telegram", channel.driver]]) });
        channel.start();
        const goal = Math.floor((UPDATES * (restart + 1)) / (RESTARTS + 1));
        // Telegram refuses in bursts, with a pause to keep, or is away. A line that is cut may double by its nature
        // (docs/durability.md), so it is not among these.
        const trouble = () => {
          if (standIn.faults.length === 0 && random() < 0.2)
            for (let n = 0; n < 5; n++)
              standIn.faults.push(
                random() < 0.5 ? { kind: "flood", retryAfter: 1 } : { kind: "status", status: 502 },
              );
        };
        await eventually(() => {
          trouble();
          if (restart < RESTARTS) expect(heardIn(standIn, CHATS)).toBeGreaterThanOrEqual(goal);
          else expect(standIn.waitingUpdates()).toBe(0);
        }, PATIENCE_MS);
        if (restart === RESTARTS) await eventually(() => expectAllSaid(), PATIENCE_MS);
        await channel.stop();
        await running.stop();
      }

      async function expectAllSaid(): Promise<void> {
        standIn.faults.splice(0);
        for (const [chat, texts] of written) {
          const lines = await bot.store.transcript(idOf("telegram", String(chat)), { after: 0, limit: 5000 });
          expect(lines.flatMap(({ said }) => (said?.kind === "text" ? [said.text] : []))).toEqual(texts);
          const spoken = lines.flatMap(({ from, speech }) =>
            speech === undefined
              ? []
              : renderPlain({ from, speech }, { limit: 4096, locale: "vi", points: "numbered" }),
          );
          expect(standIn.sentTo(chat).map(({ text }) => text)).toEqual(spoken);
        }
      }
    },
    PATIENCE_MS * 3,
  );
});

describe("any text on its way through Telegram", () => {
  it("arrives unchanged to the eye, in order, in messages that are not refused", async () => {
    const standIn = await aStandIn();
    await standIn.writes(501, "x");
    const { channel } = aPollingChannel(standIn, aBot());
    let seq = 0;
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.constantFrom(
        "<b>đậm</b> ",
        "&amp; & ",
        "_*[x](y)`",
        "\u202eabc",
        "👨‍👩‍👧",
        "ế ệ\u0301 ",
        "a".repeat(5000),
        " \n\n ",
      ),
    );
    const text = fc
      .array(piece, { minLength: 1, maxLength: 12 })
      .map((pieces) => `.${pieces.join("")}`.toWellFormed());
    await fc.assert(
      fc.asyncProperty(text, async (words) => {
        const before = standIn.sentTo(501).length;
        const entry = { ...botEntry(++seq, words) };
        const speech = { text: words, points: [], helplines: [], buttons: [], tone: "plain" as const };
        const id = conversationId("t-any");
        const sent = await channel.driver.send({
          ...{ id: `any.${seq}`, conversationId: id, channel: "telegram", address: "501" },
          entry: { ...entry, speech },
        });
        expect(sent).toEqual({ kind: "sent" });
        const arrived = standIn
          .sentTo(501)
          .slice(before)
          .map((message) => message.text);
        const visible = (some: string) => some.normalize("NFC").replaceAll(/\s+/gu, "");
        expect(visible(arrived.join(""))).toBe(visible(words));
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

function heardIn(standIn: TelegramStandIn, chats: number): number {
  return Array.from({ length: chats }, (_, n) => standIn.sentTo(1000 + n).length).reduce((a, b) => a + b, 0);
}
