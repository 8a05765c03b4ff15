import type { FastifyInstance, FastifyReply } from "fastify";
import type { IncomingMessage } from "node:http";
import { type PollAnswer, PollRequest, type ServerFrame } from "../../../wire/chat.ts";
import { createAllowance } from "./allowance.ts";
import {
  type ChatOutlet,
  createChatSession,
  createMessageAllowance,
  type SessionDeps,
} from "./chat-session.ts";
import { createKeyedAllowances } from "./keyed-allowances.ts";
import type { SessionRooms } from "./session-rooms.ts";

interface PollDeps extends SessionDeps {
  readonly rooms: SessionRooms;
  readonly isOwnOrigin: (request: IncomingMessage) => boolean;
}

// Each message is a request, each answer ends one, and a phone that comes and goes asks anew.
const REQUESTS = { burst: 60, perSecond: 4 } as const;
/** Below what boxes on the way cut off as idle. */
const WAIT_MS = 25_000;
/** Words that arrive together go out together. */
const GATHER_MS = 30;
/** Tabs of one talk that may wait at once; one more sends the oldest away with an empty answer. */
const MAX_WAITING_EACH = 3;
/** A waiting request costs a few kB; beyond this, pages are answered at once and ask again after a pause. */
const MAX_WAITING = 20_000;

/**
 * `POST /chat/poll`: a session that lasts one request. Whoever knows the key is answered, as on the socket; nothing is
 * kept between requests but the allowance, since the page says by number what it has.
 */
export function servePolls(app: FastifyInstance, deps: PollDeps): void {
  // What a socket would remember for as long as it is open.
  const messagesOf = createKeyedAllowances(() => createMessageAllowance(deps.clock));
  const requestsOf = createKeyedAllowances(() => createAllowance({ ...REQUESTS, clock: deps.clock }));
  const waiting = new Map<string, Set<() => void>>();
  let waitingCount = 0;
  let isClosing = false;

  app.addHook("preClose", async () => {
    isClosing = true;
    for (const each of waiting.values()) for (const answer of [...each]) answer();
  });

  /** Resolves when there is news, after the longest wait, when the page is gone, or when others take the place. */
  function untilNews(id: string, outlet: { onNews: () => void }, request: IncomingMessage): Promise<void> {
    return new Promise((resolve) => {
      const mine = waiting.get(id) ?? new Set();
      const done = () => {
        clearTimeout(timer);
        request.socket.off("close", done);
        if (mine.delete(done)) waitingCount--;
        if (mine.size === 0 && waiting.get(id) === mine) waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(done, WAIT_MS);
      request.socket.once("close", done);
      outlet.onNews = () => void setTimeout(done, GATHER_MS);
      const [oldest] = mine;
      if (mine.size >= MAX_WAITING_EACH) oldest?.();
      mine.add(done);
      waiting.set(id, mine);
      waitingCount++;
    });
  }

  async function exchange(
    { hello, frames, wait }: PollRequest,
    request: IncomingMessage,
  ): Promise<PollAnswer> {
    const gathered: ServerFrame[] = [];
    const outlet: ChatOutlet & { onNews: () => void } = {
      onNews: () => {},
      send(frame) {
        gathered.push(frame);
        outlet.onNews();
      },
      close: () => outlet.onNews(),
    };
    const id = deps.conversationIdOf(hello.key);
    const session = createChatSession(outlet, deps, messagesOf(id));
    await session.receive(hello);
    for (const frame of frames) await session.receive(frame);
    const mayWait = wait && gathered.length === 1 && !isClosing && waitingCount < MAX_WAITING;
    if (!mayWait) return { frames: gathered };
    deps.rooms.join(session);
    try {
      const news = untilNews(id, outlet, request);
      // What was committed between the welcome and the joining.
      session.wake();
      await news;
    } finally {
      deps.rooms.leave(session);
    }
    return { frames: gathered };
  }

  app.post("/chat/poll", async (request, reply) => {
    if (!deps.isOwnOrigin(request.raw)) return refuse(reply, 403, "FOREIGN_ORIGIN");
    const body = PollRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, 400, "BAD_REQUEST");
    const allowance = requestsOf(deps.conversationIdOf(body.data.hello.key));
    if (!allowance.take()) return refuse(reply, 429, "SLOW_DOWN");
    return reply.header("cache-control", "no-store").send(await exchange(body.data, request.raw));
  });

  function refuse(reply: FastifyReply, status: number, code: string): FastifyReply {
    deps.metrics.count("inbound_refused_total", { reason: "poll" });
    return reply.code(status).send({ code, message: "the request was not taken" });
  }
}
