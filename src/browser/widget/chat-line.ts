import type { ClientFrame, ServerFrame } from "../../wire/chat.ts";
import { backoffMs } from "../kit/backoff.ts";
import type { Connect, Connection } from "./connection.ts";

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
  /** The first frame of each connection: who we are and what we have. */
  readonly hello: () => ClientFrame;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onStatus: (status: LineStatus) => void;
  readonly socket: Connect;
  /** The way round blocked sockets; null while it is not there yet. */
  readonly poll: () => Connect | null;
}

const ANSWER_WITHIN_MS = 10_000;
// Two failures may be a tunnel; only then is the person told, and the other way tried.
const PATIENCE = 1;

/** One connection that comes back by itself, faster after the phone says that the network is there again. */
export function createChatLine(rules: LineRules): ChatLine {
  const { hello } = rules;
  let connection: Connection | null = null;
  let attempt = 0;
  /** Sockets in a row that never got a welcome. */
  let deafSockets = 0;
  let isPolling = false;
  let isWanted = false;
  let isWelcome = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    clearTimeout(retry);
    drop();
    if (!isWanted) return;
    rules.onStatus(attempt > PATIENCE ? "lost" : "connecting");
    const poll = deafSockets > PATIENCE ? rules.poll() : null;
    isPolling = poll !== null;
    expectAnswer();
    connection = (poll ?? rules.socket)({ hello, onFrame: take, onEnd: lose });
  }

  function take(frame: ServerFrame): void {
    clearTimeout(silence);
    if (frame.t === "welcome") {
      attempt = 0;
      isWelcome = true;
      if (!isPolling) deafSockets = 0;
    }
    rules.onFrame(frame);
    if (frame.t === "welcome") rules.onStatus("open");
  }

  function lose(): void {
    // Where polling fails too, it may be the server that was away: a socket gets its turn again.
    if (!isWelcome) deafSockets = isPolling ? PATIENCE : deafSockets + 1;
    drop();
    if (!isWanted) return;
    attempt++;
    rules.onStatus(attempt > PATIENCE || !navigator.onLine ? "lost" : "connecting");
    retry = setTimeout(connect, backoffMs(attempt));
  }

  function drop(): void {
    clearTimeout(silence);
    const old = connection;
    connection = null;
    isWelcome = false;
    old?.close();
  }

  function expectAnswer(): void {
    clearTimeout(silence);
    silence = setTimeout(() => {
      // Open and silent: a box on the way lets the opening through and nothing after it.
      if (!isPolling && !isWelcome) deafSockets = PATIENCE;
      lose();
    }, ANSWER_WITHIN_MS);
  }

  window.addEventListener("online", () => {
    attempt = 0;
    deafSockets = 0;
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
    send: (frame) => isWelcome && connection !== null && connection.send(frame),
    check() {
      if (!isWanted) return;
      if (!isWelcome || connection?.send(hello()) !== true) return connect();
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
