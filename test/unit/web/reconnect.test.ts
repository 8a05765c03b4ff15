import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import { ServerFrame, type WireEntry } from "../../../src/wire/chat.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { counsellorId } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { idOf } from "../channels/messenger-bench.ts";
import { serveWeb } from "./web-messenger.ts";

const KEY = "k".repeat(22);
const CONVERSATION = idOf("web", KEY);
const SECOND = 1000;
const WITHIN_MS = 2000;

describe("a person whose line was gone", () => {
  let bot: ABot;
  let server: Awaited<ReturnType<typeof serveWeb>>;
  const sockets: WebSocket[] = [];

  beforeEach(async () => {
    bot = aBot();
    server = await serveWeb(bot);
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await server.stop();
  });

  /** Goes on from what the page has, as the widget does. */
  async function open(entries: Map<number, WireEntry>): Promise<WebSocket> {
    const socket = new WebSocket(`ws://${server.address}/chat/socket`);
    sockets.push(socket);
    socket.on("message", (data) => {
      const frame = ServerFrame.parse(JSON.parse(String(data)));
      if (frame.t === "entries") for (const entry of frame.entries) entries.set(entry.seq, entry);
    });
    await new Promise((resolve) => socket.once("open", resolve));
    socket.send(JSON.stringify({ t: "hello", v: 1, key: KEY, after: Math.max(0, ...entries.keys()) }));
    return socket;
  }

  const texts = (entries: Map<number, WireEntry>) =>
    [...entries.values()]
      .sort((a, b) => a.seq - b.seq)
      .map(({ seq, from, text }) => `${seq} ${from} ${text}`);
  const stored = async () =>
    (await bot.store.transcript(CONVERSATION, { after: 0, limit: 500 })).map(
      ({ seq, from, said, speech }) =>
        `${seq} ${from} ${speech?.text ?? (said?.kind === "text" ? said.text : "")}`,
    );

  async function claimed(entries: Map<number, WireEntry>) {
    const page = await open(entries);
    page.send(JSON.stringify({ t: "say", id: "message-1", text: "cứu em !urgent" }));
    await eventually(async () => expect(await bot.store.handoffs.open()).toHaveLength(1));
    const [handoff] = await bot.store.handoffs.open();
    const by = { handoffId: handoff?.id as never, counsellorId: counsellorId("lan") };
    await bot.actOnHandoff({ ...by, actId: "claim-001", act: { kind: "claim" } });
    let n = 0;
    const say = (text: string) =>
      bot.actOnHandoff({ ...by, actId: `say-${++n}`, act: { kind: "say", text } });
    return { page, say };
  }

  it.each([
    ["ten seconds", 10 * SECOND],
    ["ten minutes", 600 * SECOND],
    ["eight hours", 8 * 3600 * SECOND],
  ])("for %s has, two seconds after it is back, exactly what the counsellor has", async (_name, awayMs) => {
    const entries = new Map<number, WireEntry>();
    const { page, say } = await claimed(entries);
    page.terminate();
    for (let n = 0; n < 30; n++) await say(`Câu ${n} trong lúc em vắng.`);
    bot.clock.advance(awayMs);
    await say("Em còn đó không?");
    const backAt = Date.now();
    const back = await open(entries);
    back.send(JSON.stringify({ t: "say", id: "message-2", text: "dạ em đây" }));
    await eventually(async () => {
      expect(texts(entries).at(-1)).toMatch(/dạ em đây/);
      expect(texts(entries)).toEqual(await stored());
    }, WITHIN_MS);
    expect(Date.now() - backAt).toBeLessThan(WITHIN_MS);
  });

  it("without either side knowing (half open) gets everything over a new one, each line once", async () => {
    const entries = new Map<number, WireEntry>();
    const { page, say } = await claimed(entries);
    // From here on nothing that the server sends arrives, and nothing says so.
    page.pause();
    for (let n = 0; n < 10; n++) await say(`Câu ${n}.`);
    const backAt = Date.now();
    await open(entries);
    await eventually(async () => expect(texts(entries)).toEqual(await stored()), WITHIN_MS);
    expect(Date.now() - backAt).toBeLessThan(WITHIN_MS);
  });
});
