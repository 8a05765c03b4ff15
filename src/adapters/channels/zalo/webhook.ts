import type { FastifyInstance } from "fastify";
import type { Clock, Logger, Metrics } from "../../../app/ports.ts";
import type { Receive } from "./receive.ts";
import { verifySignature } from "./verify.ts";

export interface WebhookDeps {
  readonly appId: string;
  readonly oaSecret: string;
  readonly receive: Receive;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

const PATH = "/zalo/webhook";
const SIGNATURE_HEADER = "x-zevent-signature";
/** Zalo waits two seconds. A store slower than this must not cost the event: it comes again and is taken once. */
const ANSWER_WITHIN_MS = 1500;
const STATUS = { unsigned: 401, wrong: 403, replayed: 403, unreadable: 400 } as const;

export function registerZaloWebhook(app: FastifyInstance, deps: WebhookDeps): void {
  const { appId, oaSecret, receive, clock, log, metrics } = deps;
  let knownTerm: string | null = null;

  void app.register(async (scope) => {
    // The signature is over the bytes as they came; a parser would lose them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.post(PATH, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const header = request.headers[SIGNATURE_HEADER];
      const verdict = verifySignature(body, typeof header === "string" ? header : undefined, {
        appId,
        oaSecret,
        now: clock.now(),
      });
      if (verdict.kind !== "genuine") {
        metrics.count("inbound_refused_total", { reason: `zalo-${verdict.kind}` });
        return reply.code(STATUS[verdict.kind]).send({ code: "REFUSED" });
      }
      if (verdict.term !== knownTerm) log.info("zalo-signature-term", { term: verdict.term });
      knownTerm = verdict.term;
      const result = await inTime(receive(JSON.parse(body.toString("utf8"))));
      return result === "taken" ? reply.code(200).send({}) : reply.code(503).send({ code: "BUSY" });
    });
  });
}

async function inTime(work: Promise<"taken" | "later">): Promise<"taken" | "later"> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<"later">((resolve) => {
    timer = setTimeout(() => resolve("later"), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([work, tooSlow]);
  } finally {
    clearTimeout(timer);
  }
}
