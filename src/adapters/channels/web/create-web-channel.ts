import type { FastifyInstance } from "fastify";
import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { ChannelDriver, Logger } from "../../../app/ports.ts";
import { type ChatSession, createChatSession, type SessionDeps } from "./chat-session.ts";
import { servePolls } from "./serve-polls.ts";
import { createSessionRooms } from "./session-rooms.ts";
import { createSocketOutlet } from "./socket-outlet.ts";

export interface WebChannel {
  /** Pages read the transcript themselves; there is nothing to push. */
  readonly driver: ChannelDriver;
  accept(socket: WebSocket): void;
  /** The same talk over plain requests, for networks that let no socket through. */
  register(app: FastifyInstance, isOwnOrigin: (request: IncomingMessage) => boolean): void;
  close(): void;
}

const PING_MS = 25_000;

/** The widget's side of the line: sockets in, transcript entries out, woken by live events. */
export function createWebChannel(deps: SessionDeps & { readonly log: Logger }): WebChannel {
  const sessions = new Map<WebSocket, { readonly session: ChatSession; isAlive: boolean }>();
  const rooms = createSessionRooms(deps.events);

  const ping = setInterval(() => {
    for (const [socket, state] of sessions) {
      // No answer since the last ping: the line is half open, and the page would wait for ever.
      if (!state.isAlive) socket.terminate();
      state.isAlive = false;
      if (socket.readyState === socket.OPEN) socket.ping();
    }
    deps.metrics.gauge("sockets_open", sessions.size);
  }, PING_MS);
  ping.unref();

  return {
    driver: { name: "web", send: async () => ({ kind: "sent" }) },
    accept(socket) {
      const session = createChatSession(createSocketOutlet(socket), deps);
      const state = { session, isAlive: true };
      sessions.set(socket, state);
      // Frames of one page are taken in order: the second message must not overtake the first.
      let last: Promise<void> = Promise.resolve();
      let isBroken = false;
      socket.on("message", (data, isBinary) => {
        state.isAlive = true;
        const text = isBinary ? "" : rawText(data);
        last = last.then(async () => {
          // Behind a frame that failed nothing more is taken: it would overtake what the page sends again.
          if (isBroken) return;
          try {
            const before = session.conversationId;
            await session.receive(text);
            if (session.conversationId !== before) {
              rooms.join(session);
              // What was committed between the welcome and the joining.
              session.wake();
            }
          } catch (cause) {
            isBroken = true;
            deps.log.error("chat-frame-failed", { cause });
            socket.close(1011, "try again");
          }
        });
      });
      socket.on("pong", () => {
        state.isAlive = true;
      });
      socket.on("error", () => socket.terminate());
      socket.on("close", () => {
        rooms.leave(session);
        sessions.delete(socket);
      });
    },
    register: (app, isOwnOrigin) => servePolls(app, { ...deps, rooms, isOwnOrigin }),
    close() {
      clearInterval(ping);
      rooms.close();
    },
  };
}

function rawText(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.isBuffer(data) ? data.toString("utf8") : Buffer.from(data).toString("utf8");
}
