import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { createWebChannel } from "../../../src/adapters/channels/web/create-web-channel.ts";
import { createHttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { renderPlain } from "../../../src/app/render-plain.ts";
import { runBot } from "../../../src/app/run-bot.ts";
import { labelOfChoice } from "../../../src/domain/dialogue/label-of-choice.ts";
import { ServerFrame, type WireEntry } from "../../../src/wire/chat.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { createRunningClock, idOf, type Messenger } from "../channels/messenger-bench.ts";

const keyOf = (person: string) => person.padEnd(22, "k");

/** A page that holds what it was given, and comes back by number when its line is cut. */
function openPage(address: string, key: string) {
  let entries: WireEntry[] = [];
  let unsent: string[] = [];
  let isClosed = false;
  let socket = connect();

  function connect(): WebSocket {
    const opened = new WebSocket(`ws://${address}/chat/socket`);
    opened.on("open", () => {
      opened.send(JSON.stringify({ t: "hello", v: 1, key, after: entries.at(-1)?.seq ?? 0 }));
      for (const frame of unsent) opened.send(frame);
    });
    opened.on("message", (data) => take(ServerFrame.parse(JSON.parse(String(data)))));
    opened.on("error", () => {});
    opened.on("close", () => {
      if (!isClosed) socket = connect();
    });
    return opened;
  }
  function take(frame: ServerFrame): void {
    if (frame.t === "erased") entries = [];
    if (frame.t === "accepted") unsent = unsent.filter((each) => !each.includes(`"${frame.id}"`));
    if (frame.t !== "entries") return;
    const after = entries.at(-1)?.seq ?? 0;
    entries = [...entries, ...frame.entries.filter(({ seq }) => seq > after)];
  }
  return {
    send(frame: object) {
      const text = JSON.stringify(frame);
      unsent.push(text);
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    said: () => entries.filter(({ from }) => from !== "person"),
    cut: () => socket.terminate(),
    close() {
      isClosed = true;
      socket.terminate();
    },
  };
}

/** The widget's part of a server with the whole bot behind it. Its clock runs twenty times as fast. */
export async function serveWeb(bot: ABot) {
  const metrics = { ...bot.metrics, page: async () => "", contentType: "text/plain" };
  const http = await createHttpServer({
    ...{ publicDir: "/nowhere", publicUrl: undefined, log: bot.log, metrics },
    ready: async () => {},
  });
  const web = createWebChannel({
    ...bot,
    labelOf: (value, locale) => labelOfChoice(bot.book, value, locale),
    conversationIdOf: (key) => idOf("web", key),
  });
  http.onSocket("/chat/socket", (socket) => web.accept(socket));
  await http.app.listen({ host: "127.0.0.1", port: 0 });
  const worker = runBot({ ...bot, drivers: new Map([["web", web.driver]]) });
  // Short messages wait for what may follow them: time must pass.
  const time = setInterval(() => bot.clock.advance(100), 5);
  return {
    address: `127.0.0.1:${(http.app.server.address() as AddressInfo).port}`,
    async stop() {
      clearInterval(time);
      await worker.stop();
      web.close();
      await http.close();
    },
  };
}

/** The widget's side of the contract that all channels share. */
export async function aWeb(): Promise<Messenger> {
  const bot = aBot();
  const { address, stop } = await serveWeb(bot);
  const pages = new Map<string, ReturnType<typeof openPage>>();
  let lastId = 0;

  const pageOf = (person: string) => {
    const page = pages.get(person) ?? openPage(address, keyOf(person));
    pages.set(person, page);
    return page;
  };
  const send = (person: string, content: object) => {
    const frame = { ...content, id: `message-${++lastId}` };
    pageOf(person).send(frame);
    return Promise.resolve({ person, frame });
  };
  const buttons = (person: string) =>
    pageOf(person)
      .said()
      .flatMap((entry) => entry.buttons);
  return {
    bot,
    limit: Number.POSITIVE_INFINITY,
    clock: createRunningClock(),
    says: (person, text) => send(person, { t: "say", text }),
    taps(person, label) {
      const button = buttons(person)
        .reverse()
        .find((each) => each.label === label);
      if (button === undefined) throw new Error(`no button "${label}" for ${person}`);
      return send(person, { t: "choose", value: button.value });
    },
    sendsPicture: null,
    again(delivery) {
      const { person, frame } = delivery as { person: string; frame: object };
      pageOf(person).send(frame);
      return Promise.resolve();
    },
    heard: (person) =>
      pageOf(person)
        .said()
        .map(({ from, text, points, helplines, buttons: given, tone }) =>
          renderPlain(
            { from, speech: { text, points, helplines, buttons: given, tone } },
            { limit: Number.MAX_SAFE_INTEGER, locale: "vi", points: "numbered" },
          ).join("\n"),
        ),
    labels: (person) => buttons(person).map(({ label }) => label),
    blocks: null,
    // Nothing stands between page and server but a line that breaks.
    failNext: () => {
      for (const page of pages.values()) page.cut();
    },
    forge: null,
    conversationOf: (person) => idOf("web", keyOf(person)),
    async stop() {
      for (const page of pages.values()) page.close();
      await stop();
    },
  };
}
