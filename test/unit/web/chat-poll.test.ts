import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { AddressInfo } from "node:net";
import { createWebChannel, type WebChannel } from "../../../src/adapters/channels/web/create-web-channel.ts";
import { createHttpServer, type HttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { createConversationIds } from "../../../src/adapters/system/ids.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import type { Stopper } from "../../../src/app/ports.ts";
import { labelOfChoice } from "../../../src/domain/dialogue/label-of-choice.ts";
import { PollAnswer, type ServerFrame } from "../../../src/wire/chat.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";

const KEY = "p".repeat(22);
const idOf = createConversationIds(Buffer.alloc(32, 1));

describe("the widget without a socket", () => {
  let bot: ABot;
  let http: HttpServer;
  let web: WebChannel;
  let worker: Stopper;
  let base: string;

  beforeEach(async () => {
    bot = aBot();
    http = await createHttpServer({
      publicDir: "/nowhere",
      publicUrl: undefined,
      log: bot.log,
      metrics: { ...bot.metrics, page: async () => "", contentType: "text/plain" },
      ready: async () => {},
    });
    web = createWebChannel({
      ...bot,
      labelOf: (value, locale) => labelOfChoice(bot.book, value, locale),
      conversationIdOf: (key) => idOf("web", key),
    });
    web.register(http.app, http.isOwnOrigin);
    await http.app.listen({ host: "127.0.0.1", port: 0 });
    base = `http://127.0.0.1:${(http.app.server.address() as AddressInfo).port}`;
    const handle = createInboundHandler(bot);
    worker = bot.store.consume(async (message) => void (await handle(message)));
  });
  afterEach(async () => {
    await worker.stop();
    await http.close();
    web.close();
  });

  const post = (body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${base}/chat/poll`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });

  async function ask(
    frames: readonly unknown[],
    { after = 0, wait = false, key = KEY } = {},
  ): Promise<ServerFrame[]> {
    const response = await post({ hello: { t: "hello", v: 1, key, after }, frames, wait });
    expect(response.status).toBe(200);
    return PollAnswer.parse(await response.json()).frames;
  }
  const entriesOf = (frames: readonly ServerFrame[]) =>
    frames.flatMap((frame) => (frame.t === "entries" ? frame.entries : []));
  const say = (id: string, text: string) => ({ t: "say", id, text });

  it("welcomes at once and stores nothing for a page that only asks", async () => {
    expect(await ask([])).toEqual([{ t: "welcome", lastSeq: 0, mode: "bot", locale: "vi" }]);
    expect(await bot.store.load(idOf("web", KEY))).toBeNull();
  });

  it("takes a message, and a waiting request brings the answer as soon as it is there", async () => {
    const waiting = ask([], { wait: true });
    const accepted = await ask([say("message-1", "chào")]);
    expect(accepted).toContainEqual({ t: "accepted", id: "message-1" });
    const entries = entriesOf(await waiting);
    expect(entries.map(({ from }) => from)).toEqual(expect.arrayContaining(["person", "bot"]));
    expect(entries[0]).toMatchObject({ seq: 1, id: "message-1" });
  });

  it("takes a message once that the page sends again because the answer was lost", async () => {
    await ask([say("message-1", "chào")]);
    await ask([say("message-1", "chào")]);
    const all = entriesOf([...(await ask([], { wait: true }))]);
    expect(all.filter(({ from }) => from === "person")).toHaveLength(1);
  });

  it("brings a page only what it does not have, by number", async () => {
    const waiting = ask([], { wait: true });
    await ask([say("message-1", "chào")]);
    const all = entriesOf(await waiting);
    expect(entriesOf(await ask([], { after: 1 })).map(({ seq }) => seq)).toEqual(
      all.map(({ seq }) => seq).slice(1),
    );
  });

  it("wakes a waiting page when everything is deleted", async () => {
    const first = ask([], { wait: true });
    await ask([say("message-1", "chào")]);
    const { seq: after } = entriesOf(await first).at(-1) ?? { seq: 0 };
    const waiting = ask([], { wait: true, after });
    await ask([{ t: "choose", id: "message-2", value: "a:erase-everything" }], { after });
    const frames = await waiting;
    expect(frames.map(({ t }) => t)).toContain("erased");
    expect(entriesOf(frames)).toHaveLength(1);
  });

  it("answers the oldest of too many waiting tabs, and lets go of one that is gone", async () => {
    const gone = new AbortController();
    const hello = { t: "hello", v: 1, key: KEY, after: 0 };
    const lost = post({ hello, frames: [], wait: true }, {}, gone.signal).catch(() => "gone");
    await new Promise((resolve) => setTimeout(resolve, 50));
    gone.abort();
    expect(await lost).toBe("gone");
    const first = ask([], { wait: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const others = [1, 2, 3].map(() => ask([], { wait: true }));
    expect(await first).toHaveLength(1);
    await ask([say("message-1", "chào")]);
    for (const frames of await Promise.all(others)) expect(entriesOf(frames).length).toBeGreaterThan(0);
  });

  it("ends waiting requests when the server stops, so that a restart waits for nobody", async () => {
    const waiting = ask([], { wait: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const from = Date.now();
    await http.close();
    expect(await waiting).toHaveLength(1);
    expect(Date.now() - from).toBeLessThan(3000);
  });

  it("slows down who floods with messages, over however many requests, and nobody else", async () => {
    const frames = Array.from({ length: 20 }, (_each, at) => say(`message-${at}`, `${at}`));
    const answers = [
      await ask(frames),
      await ask(frames.map((each, at) => ({ ...each, id: `again--${at}` }))),
    ];
    expect(answers.flat()).toContainEqual(expect.objectContaining({ t: "problem", code: "slow-down" }));
    expect(await ask([say("message-1", "chào")], { key: "o".repeat(22) })).toContainEqual({
      t: "accepted",
      id: "message-1",
    });
  });

  it("slows down who floods with requests", async () => {
    const hello = { t: "hello", v: 1, key: KEY, after: 0 };
    const tries = await Promise.all(
      Array.from({ length: 80 }, () => post({ hello, frames: [], wait: false })),
    );
    expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });

  it("refuses a page of another origin", async () => {
    const hello = { t: "hello", v: 1, key: KEY, after: 0 };
    const body = { hello, frames: [], wait: false };
    expect((await post(body, { origin: "https://evil.example" })).status).toBe(403);
    expect((await post(body, { origin: base })).status).toBe(200);
  });

  it("answers any body at all with a clear status", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
        expect([400, 415]).toContain((await post(body)).status);
      }),
      { numRuns: 50 },
    );
  });
});
