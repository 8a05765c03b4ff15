import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { CHAT_PROTOCOL, type ClientFrame, ServerFrame, type WireEntry } from "../../wire/chat.ts";
import { asShown } from "./check-records.ts";
import type { Mode, PersonRecord } from "./records.ts";

/** Without an answer for so long the line is made anew, as the page does it. */
const ACCEPT_WITHIN_MS = 4000;
const AGAIN_AFTER_MS = 150;

export interface Person {
  readonly record: PersonRecord;
  readonly mode: Mode;
  /** Messages that the server has not accepted yet. */
  unsent(): number;
  /** Milliseconds: the longest that one message waited to be accepted. */
  longestWait(): number;
  say(text: string): void;
  choose(value: string): void;
  /** Sends the last accepted messages once more, as a page does whose line went at the wrong moment. */
  repeat(): void;
  /** Cuts the line with no goodbye. */
  cut(): void;
  /** Opens a new page and reads everything from the first line. Rejects when nothing answers in time. */
  readAll(limitMs: number): Promise<void>;
  leave(): void;
}

type Message = Extract<ClientFrame, { t: "say" | "choose" }>;

/** One person with one page, over the same door and protocol as the widget: one message on its way at a time. */
export function createPerson(name: string, pickServer: () => string): Person {
  const key = randomBytes(16).toString("base64url");
  const record: PersonRecord = {
    name,
    sent: [],
    accepted: new Set(),
    received: new Map(),
    contradictions: [],
    erasures: 0,
    final: null,
  };
  const queue: Message[] = [];
  const done: Message[] = [];
  const writtenAt = new Map<string, number>();
  let longestWait = 0;
  let socket: WebSocket | null = null;
  let mode: Mode = "bot";
  let isOver = false;
  let isGreeted = false;
  let timer: NodeJS.Timeout | undefined;

  function connect(): void {
    if (isOver) return;
    const line = open(pickServer());
    socket = line;
    isGreeted = false;
    // A frozen server accepts the connection and never greets.
    watch();
    line.on("open", () => send(hello(Math.max(0, ...record.received.keys()))));
    line.on("message", (data) => {
      if (line === socket) hear(data);
    });
    line.on("close", () => {
      if (line === socket) setTimeout(connect, AGAIN_AFTER_MS + Math.random() * AGAIN_AFTER_MS);
    });
  }

  const hello = (after: number): ClientFrame => ({ t: "hello", v: CHAT_PROTOCOL, key, after, locale: "vi" });
  const send = (frame: ClientFrame) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };

  function watch(): void {
    clearTimeout(timer);
    timer = setTimeout(() => socket?.terminate(), ACCEPT_WITHIN_MS);
  }

  function sendNext(): void {
    clearTimeout(timer);
    const [next] = queue;
    if (next === undefined || !isGreeted) return;
    send(next);
    watch();
  }

  function hear(data: unknown): void {
    const frame = parseFrame(data);
    if (frame === null) return void record.contradictions.push("a frame that is none of the protocol's");
    switch (frame.t) {
      case "welcome":
        mode = frame.mode;
        isGreeted = true;
        return sendNext();
      case "state":
        mode = frame.mode;
        return undefined;
      case "entries":
        for (const entry of frame.entries) learn(entry);
        return undefined;
      case "accepted":
        return accept(frame.id);
      case "erased":
        record.erasures++;
        return undefined;
      case "problem":
        clearTimeout(timer);
        timer = setTimeout(sendNext, 500);
        return undefined;
      case "typing":
      case "seen":
        return undefined;
      default:
        return undefined;
    }
  }

  function accept(id: string): void {
    record.accepted.add(id);
    if (queue[0]?.id !== id) return;
    const message = queue.shift();
    if (message !== undefined) done.push(message);
    longestWait = Math.max(longestWait, Date.now() - (writtenAt.get(id) ?? Date.now()));
    writtenAt.delete(id);
    if (done.length > 5) done.shift();
    sendNext();
  }

  function learn(entry: WireEntry): void {
    const before = record.received.get(entry.seq);
    const now = asShown(entry);
    if (before !== undefined && before !== now)
      record.contradictions.push(`line ${entry.seq} came twice with other words`);
    record.received.set(entry.seq, now);
  }

  function add(message: Message): void {
    record.sent.push(message.id);
    writtenAt.set(message.id, Date.now());
    queue.push(message);
    if (queue.length === 1) sendNext();
  }

  connect();
  return {
    record,
    get mode() {
      return mode;
    },
    longestWait: () => longestWait,
    unsent: () => queue.length,
    say: (text) => add({ t: "say", id: randomBytes(12).toString("base64url"), text }),
    choose: (value) => add({ t: "choose", id: randomBytes(12).toString("base64url"), value }),
    repeat() {
      for (const message of done.slice(-2)) send(message);
    },
    cut: () => socket?.terminate(),
    async readAll(limitMs) {
      record.final = await readTalk(open(pickServer()), hello(0), limitMs);
    },
    leave() {
      isOver = true;
      clearTimeout(timer);
      socket?.terminate();
    },
  };
}

function open(base: string): WebSocket {
  const socket = new WebSocket(`${base.replace(/^http/, "ws")}/chat/socket`, { handshakeTimeout: 3000 });
  // What went wrong shows in "close", which always follows.
  socket.on("error", () => {});
  return socket;
}

function readTalk(
  socket: WebSocket,
  hello: ClientFrame,
  limitMs: number,
): Promise<NonNullable<PersonRecord["final"]>> {
  return new Promise((resolve, reject) => {
    const entries: WireEntry[] = [];
    let welcome: Extract<ServerFrame, { t: "welcome" }> | null = null;
    const end = (error: Error | null) => {
      clearTimeout(late);
      socket.terminate();
      if (error !== null) reject(error);
    };
    const late = setTimeout(() => end(new Error("the talk could not be read in time")), limitMs);
    socket.on("open", () => socket.send(JSON.stringify(hello)));
    socket.on("close", () => end(new Error("the line was closed")));
    socket.on("message", (data) => {
      const frame = parseFrame(data);
      if (frame?.t === "welcome") welcome = frame;
      if (frame?.t === "entries") entries.push(...frame.entries);
      if (welcome === null || (entries.at(-1)?.seq ?? 0) < welcome.lastSeq) return;
      resolve({ mode: welcome.mode, entries });
      end(null);
    });
  });
}

function parseFrame(data: unknown): ServerFrame | null {
  try {
    const parsed = ServerFrame.safeParse(JSON.parse(String(data)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
