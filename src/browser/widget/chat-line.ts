import type { ClientFrame, ServerFrame } from "../../wire/chat.ts";
import { backoffMs } from "../kit/backoff.ts";

export type LineStatus = "idle" | "connecting" | "open" | "lost";

export interface ChatLine {
  start(): void;
  /** False when the line is not open; the caller keeps what it wanted to send. */
  send(frame: ClientFrame): boolean;
  /** Asks the server to answer now; a line that stays silent is half open and is made anew. */
  check(): void;
  restart(): void;
  stop(): void;
}

interface LineRules {
  readonly url: string;
  /** The first frame of each connection: who we are and what we have. */
  readonly hello: () => ClientFrame;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onStatus: (status: LineStatus) => void;
}

const ANSWER_WITHIN_MS = 10_000;
// Two failures may be a tunnel; only then is the person told.
const PATIENCE = 1;

/** One WebSocket that comes back by itself, faster after the phone says that the network is there again. */
export function createChatLine(rules: LineRules): ChatLine {
  let socket: WebSocket | null = null;
  let attempt = 0;
  let isWanted = false;
  let isWelcome = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    clearTimeout(retry);
    drop();
    if (!isWanted) return;
    rules.onStatus(attempt > PATIENCE ? "lost" : "connecting");
    const mine = new WebSocket(rules.url);
    socket = mine;
    expectAnswer();
    mine.onopen = () => mine.send(JSON.stringify(rules.hello()));
    mine.onmessage = (message: MessageEvent<unknown>) => {
      clearTimeout(silence);
      if (socket === mine && typeof message.data === "string") take(message.data);
    };
    mine.onclose = () => {
      if (socket === mine) lose();
    };
  }

  function take(data: string): void {
    // Our own server speaks here, over our own origin: the shape is the contract of src/wire.
    const frame = JSON.parse(data) as ServerFrame;
    if (frame.t === "welcome") {
      attempt = 0;
      isWelcome = true;
    }
    rules.onFrame(frame);
    if (frame.t === "welcome") rules.onStatus("open");
  }

  function lose(): void {
    drop();
    if (!isWanted) return;
    attempt++;
    rules.onStatus(attempt > PATIENCE || !navigator.onLine ? "lost" : "connecting");
    retry = setTimeout(connect, backoffMs(attempt));
  }

  function drop(): void {
    clearTimeout(silence);
    const old = socket;
    socket = null;
    isWelcome = false;
    old?.close();
  }

  function expectAnswer(): void {
    clearTimeout(silence);
    silence = setTimeout(lose, ANSWER_WITHIN_MS);
  }

  window.addEventListener("online", () => {
    attempt = 0;
    if (isWanted) connect();
  });
  window.addEventListener("offline", () => {
    attempt = PATIENCE + 1;
    if (isWanted) lose();
  });

  return {
    start() {
      if (isWanted) return;
      isWanted = true;
      connect();
    },
    send(frame) {
      if (socket === null || !isWelcome || socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    check() {
      if (!isWanted) return;
      if (socket === null || !isWelcome) return connect();
      socket.send(JSON.stringify(rules.hello()));
      expectAnswer();
    },
    restart: lose,
    stop() {
      isWanted = false;
      clearTimeout(retry);
      drop();
    },
  };
}
