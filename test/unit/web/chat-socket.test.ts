import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type AddressInfo, createConnection } from "node:net";
import { WebSocket } from "ws";
import { createWebChannel, type WebChannel } from "../../../src/adapters/channels/web/create-web-channel.ts";
import { createHttpServer, type HttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import type { Stopper } from "../../../src/app/ports.ts";
import { labelOfChoice } from "../../../src/domain/dialogue/label-of-choice.ts";
import { createConversationIds } from "../../../src/adapters/system/ids.ts";
import { ServerFrame } from "../../../src/wire/chat.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { eventually } from "../../support/eventually.ts";

const KEY = "k".repeat(22);
const idOf = createConversationIds(Buffer.alloc(32, 1));

describe("the widget's socket", () => {
  let bot: ABot;
  let http: HttpServer;
  let web: WebChannel;
  let worker: Stopper;
  let address: string;
  const pages: WebSocket[] = [];

  beforeEach(async () => {
    bot = aBot();
    const metrics = { ...bot.metrics, page: async () => "", contentType: "text/plain" };
    http = await createHttpServer({
      publicDir: "/nowhere",
      publicUrl: undefined,
      log: bot.log,
      metrics,
      ready: async () => {},
    });
    web = createWebChannel({
      ...bot,
      labelOf: (value, locale) => labelOfChoice(bot.book, value, locale),
      conversationIdOf: (key) => idOf("web", key),
    });
    http.onSocket("/chat/socket", (socket) => web.accept(socket));
    await http.app.listen({ host: "127.0.0.1", port: 0 });
    address = `127.0.0.1:${(http.app.server.address() as AddressInfo).port}`;
    const handle = createInboundHandler(bot);
    worker = bot.store.consume(async (message) => void (await handle(message)));
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) page.terminate();
    await worker.stop();
    web.close();
    await http.close();
  });

  async function openPage(origin?: string) {
    const socket = new WebSocket(`ws://${address}/chat/socket`, origin === undefined ? {} : { origin });
    pages.push(socket);
    const frames: ServerFrame[] = [];
    socket.on("message", (data) => frames.push(ServerFrame.parse(JSON.parse(String(data)))));
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const send = (frame: unknown) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
    const entries = () => frames.flatMap((frame) => (frame.t === "entries" ? frame.entries : []));
    return {
      socket,
      frames,
      send,
      entries,
      hello: (after = 0, key = KEY) => send({ t: "hello", v: 1, key, after }),
    };
  }

  it("stores nothing for a page that only says hello", async () => {
    const page = await openPage();
    page.hello();
    await eventually(() =>
      expect(page.frames[0]).toEqual({ t: "welcome", lastSeq: 0, mode: "bot", locale: "vi" }),
    );
    expect(await bot.store.load(idOf("web", KEY))).toBeNull();
  });

  it("accepts a message, answers it, and gives the page its own id back", async () => {
    const page = await openPage();
    page.hello();
    page.send({ t: "say", id: "message-1", text: "bị lừa #scam" });
    await eventually(() => expect(page.entries().length).toBeGreaterThan(1));
    expect(page.frames.some((frame) => frame.t === "accepted" && frame.id === "message-1")).toBe(true);
    expect(page.entries()[0]).toMatchObject({ seq: 1, from: "person", id: "message-1" });
  });

  it("takes a message once that the page sends again after a lost connection", async () => {
    const first = await openPage();
    first.hello();
    first.send({ t: "say", id: "message-1", text: "chào" });
    await eventually(() => expect(first.entries().length).toBeGreaterThan(1));
    first.socket.terminate();
    const second = await openPage();
    second.hello();
    second.send({ t: "say", id: "message-1", text: "chào" });
    await eventually(() => expect(second.frames.some((frame) => frame.t === "accepted")).toBe(true));
    expect(second.entries().filter((entry) => entry.from === "person")).toHaveLength(1);
  });

  it("keeps the order when the store fails on the first of several frames and the page sends them again", async () => {
    const { enqueue } = bot.store;
    let failures = 1;
    Object.assign(bot.store, {
      enqueue: async (message: Parameters<typeof enqueue>[0]) => {
        if (failures-- > 0) throw new Error("the store is away");
        return enqueue(message);
      },
    });
    const texts = ["một", "hai", "ba"];
    const sendAll = (page: Awaited<ReturnType<typeof openPage>>) => {
      page.hello();
      for (const [n, text] of texts.entries()) page.send({ t: "say", id: `message-${n}`, text });
    };
    const first = await openPage();
    const closed = new Promise((resolve) => first.socket.once("close", resolve));
    sendAll(first);
    await closed;
    const second = await openPage();
    sendAll(second);
    const heard = () => second.entries().filter(({ from }) => from === "person");
    await eventually(() => expect(heard()).toHaveLength(3));
    expect(heard().map(({ text }) => text)).toEqual(texts);
  });

  it("sends a page that comes back only what it does not have", async () => {
    const page = await openPage();
    page.hello();
    page.send({ t: "say", id: "message-1", text: "chào" });
    await eventually(() => expect(page.entries().length).toBeGreaterThan(1));
    const all = page.entries().map((entry) => entry.seq);
    const back = await openPage();
    back.hello(1);
    await eventually(() => expect(back.entries().map((entry) => entry.seq)).toEqual(all.slice(1)));
  });

  it("clears a page whose conversation was deleted", async () => {
    const page = await openPage();
    page.hello();
    page.send({ t: "say", id: "message-1", text: "chào" });
    await eventually(() => expect(page.entries().length).toBeGreaterThan(1));
    page.send({ t: "choose", id: "message-2", value: "a:erase-everything" });
    await eventually(() => expect(page.frames.some((frame) => frame.t === "erased")).toBe(true));
    const later = await openPage();
    later.hello();
    await eventually(() => expect(later.entries()).toHaveLength(1));
    expect(JSON.stringify(later.entries())).not.toContain("chào bạn");
  });

  it.each([
    { what: "no JSON", frame: "hello?" },
    { what: "an unknown frame", frame: { t: "become-admin" } },
    { what: "a key that is too short", frame: { t: "hello", v: 1, key: "short", after: 0 } },
    { what: "an empty message", frame: { t: "say", id: "message-9", text: "  \n " } },
    { what: "a message before the hello", frame: { t: "say", id: "message-9", text: "chào" } },
  ])("refuses $what with a clear code and stays open", async ({ frame }) => {
    const page = await openPage();
    page.send(frame);
    await eventually(() => expect(page.frames.at(-1)).toMatchObject({ t: "problem", code: "bad-frame" }));
    page.hello();
    await eventually(() => expect(page.frames.at(-1)?.t).toBe("welcome"));
  });

  it("tells a page that a text is too long and takes the next one", async () => {
    const page = await openPage();
    page.hello();
    page.send({ t: "say", id: "message-1", text: "a".repeat(100_000) });
    await eventually(() =>
      expect(page.frames.at(-1)).toEqual({ t: "problem", code: "too-long", id: "message-1" }),
    );
    page.send({ t: "say", id: "message-2", text: "chào" });
    await eventually(() => expect(page.entries().length).toBeGreaterThan(1));
  });

  it("mends a lone surrogate instead of failing on it", async () => {
    const page = await openPage();
    page.hello();
    page.send('{"t":"say","id":"message-1","text":"ch\\ud83dào"}');
    await eventually(() => expect(page.entries()[0]?.text).toBe("ch\uFFFDào"));
  });

  it("slows down a page that floods, and only that page", async () => {
    const flood = await openPage();
    flood.hello();
    for (let i = 0; i < 60; i++) flood.send({ t: "say", id: `flood-msg-${i}`, text: `${i}` });
    await eventually(() =>
      expect(flood.frames.some((frame) => frame.t === "problem" && frame.code === "slow-down")).toBe(true),
    );
    const other = await openPage();
    other.hello(0, "o".repeat(22));
    other.send({ t: "say", id: "message-1", text: "chào" });
    await eventually(() => expect(other.entries().length).toBeGreaterThan(1));
  });

  it("stops although a page does not answer any more, and tells the others to come back", async () => {
    const [frozen, well] = [await openPage(), await openPage()];
    frozen.hello();
    well.hello();
    await eventually(() => expect(frozen.frames.length * well.frames.length).toBeGreaterThan(0));
    frozen.socket.pause();
    const told = new Promise((resolve) => well.socket.once("close", resolve));
    const startedAt = Date.now();
    await http.close();
    expect(Date.now() - startedAt).toBeLessThan(5000);
    expect(await told).toBe(1012);
  });

  it("lives on when a line breaks while it is still being asked who is there", async () => {
    let admit = (_isIn: boolean) => {};
    http.onSocket(
      "/slow/socket",
      () => {},
      () => new Promise((resolve) => (admit = resolve)),
    );
    const asked = createConnection(Number(address.split(":")[1]), "127.0.0.1");
    asked.write(
      `GET /slow/socket HTTP/1.1\r\nHost: ${address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    asked.resetAndDestroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    admit(true);
    const page = await openPage();
    page.hello();
    await eventually(() => expect(page.frames[0]?.t).toBe("welcome"));
  });

  it("refuses a page of another origin before the handshake", async () => {
    await expect(openPage("https://evil.example")).rejects.toThrow("403");
  });

  it("survives any text as a frame", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
        const page = await openPage();
        page.send(text === "" ? " " : text);
        page.hello();
        await eventually(() => expect(page.frames.some((frame) => frame.t === "welcome")).toBe(true));
        page.socket.terminate();
      }),
      { numRuns: 30 },
    );
  });
});
