import type { FastifyInstance } from "fastify";
import type { IncomingMessage } from "node:http";
import type { ReturnCodes } from "../../../app/create-return-codes.ts";
import type { Clock, Metrics } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { readCode } from "../../../domain/return-code/return-code.ts";
import { type ReturnAnswer, ReturnRequest } from "../../../wire/chat.ts";
import { createAllowance } from "./allowance.ts";
import { createCodeTries } from "./code-tries.ts";
import { createKeyedAllowances } from "./keyed-allowances.ts";

export interface ReturnDeps {
  readonly codes: ReturnCodes;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly conversationIdOf: (key: string) => ConversationId;
  readonly isOwnOrigin: (request: IncomingMessage) => boolean;
}

// Keeping a code costs a slow hash.
const OFFERS = { burst: 8, perSecond: 1 / 30 } as const;

/** `POST /chat/return`: a code of words to come back with, and the way back. See `ReturnRequest`. */
export function serveReturns(app: FastifyInstance, deps: ReturnDeps): void {
  const { codes, metrics } = deps;
  const tries = createCodeTries(deps.clock);
  const offersOf = createKeyedAllowances(() => createAllowance({ ...OFFERS, clock: deps.clock }));

  async function enter(typed: string, address: string): Promise<ReturnAnswer> {
    const words = readCode(typed);
    // Costs nobody a try: a slip of the finger is not a guess.
    if (words === null) return { kind: "refused", reason: "not-words" };
    const waitMs = tries.begin(address);
    if (waitMs > 0) return { kind: "wait", seconds: Math.ceil(waitMs / 1000) };
    const key = await codes.enter(words);
    if (key !== null) return { kind: "found", key };
    tries.failed(address);
    metrics.count("inbound_refused_total", { reason: "return-code" });
    return { kind: "refused", reason: "unknown" };
  }

  async function answer(request: ReturnRequest, address: string): Promise<ReturnAnswer> {
    if (request.act === "enter") return enter(request.words, address);
    const { key } = request;
    const id = deps.conversationIdOf(key);
    if (!offersOf(id).take()) return { kind: "wait", seconds: 30 };
    if (request.act === "offer") {
      const offered = await codes.offer(id);
      return offered === null
        ? { kind: "refused", reason: "nothing-to-keep" }
        : { kind: "offered", words: [...offered.words], proof: offered.proof };
    }
    const kept = await codes.keep({ id, key }, request);
    return kept === null
      ? { kind: "refused", reason: "nothing-to-keep" }
      : { kind: "kept", until: kept.until };
  }

  app.post("/chat/return", async (request, reply) => {
    const isOwn = deps.isOwnOrigin(request.raw);
    const body = ReturnRequest.safeParse(request.body);
    if (!isOwn || !body.success) {
      metrics.count("inbound_refused_total", { reason: "return" });
      return reply.code(isOwn ? 400 : 403).send({ code: "REFUSED", message: "the request was not taken" });
    }
    return reply.header("cache-control", "no-store").send(await answer(body.data, request.ip));
  });
}
