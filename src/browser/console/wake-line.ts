import type { ConsoleEvent, ConsoleFrame } from "../../wire/console.ts";
import { backoffMs } from "../kit/backoff.ts";

export interface WakeLine {
  start(): void;
  stop(): void;
  send(frame: ConsoleFrame): void;
}

interface WakeRules {
  readonly onEvent: (event: ConsoleEvent) => void;
  readonly onOpen: () => void;
  readonly onLost: () => void;
}

/** The socket that wakes the console. It carries no content; after each gap everything is asked for again. */
export function createWakeLine(rules: WakeRules): WakeLine {
  let socket: WebSocket | null = null;
  let isWanted = false;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    clearTimeout(retry);
    const mine = new WebSocket(`${location.origin.replace(/^http/, "ws")}/console/socket`);
    socket = mine;
    mine.onopen = () => {
      attempt = 0;
      rules.onOpen();
    };
    mine.onmessage = (message: MessageEvent<unknown>) => {
      // Our own server speaks here: the shape is the contract of src/wire.
      if (typeof message.data === "string") rules.onEvent(JSON.parse(message.data) as ConsoleEvent);
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      socket = null;
      if (!isWanted) return;
      rules.onLost();
      retry = setTimeout(connect, backoffMs(attempt++));
    };
  }

  window.addEventListener("online", () => {
    attempt = 0;
    if (isWanted && socket === null) connect();
  });

  return {
    start() {
      if (isWanted) return;
      isWanted = true;
      connect();
    },
    stop() {
      isWanted = false;
      clearTimeout(retry);
      const old = socket;
      socket = null;
      old?.close();
    },
    send(frame) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
    },
  };
}
