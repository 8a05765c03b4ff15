import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Metrics } from "../../../app/ports.ts";
import type { Receive } from "./receive.ts";

export const WEBHOOK_PATH = "/telegram/webhook";
const SECRET_HEADER = "x-telegram-bot-api-secret-token";

/** Takes updates that Telegram posts. Nothing of a request is read before its secret was found right. */
export function registerTelegramWebhook(
  app: FastifyInstance,
  deps: { secret: string; receive: Receive; metrics: Metrics },
): void {
  const { secret, receive, metrics } = deps;
  const refused = (reason: string) =>
    metrics.count("inbound_refused_total", { reason: `telegram-${reason}` });

  void app.register(async (scope) => {
    // Raw, so that a truncated body is counted here like every other refusal.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.addHook("onRequest", async (request, reply) => {
      const given = secretOf(request);
      if (given !== null && isSame(given, secret)) return undefined;
      refused(given === null ? "unsigned" : "wrong-secret");
      return reply.code(given === null ? 401 : 403).send({ code: "FORBIDDEN" });
    });
    scope.post(WEBHOOK_PATH, async (request, reply) => {
      const update = parseJson(request.body);
      if (update === undefined) {
        refused("unreadable");
        return reply.code(400).send({ code: "UNREADABLE" });
      }
      // Not 200: Telegram keeps the update and brings it again.
      if ((await receive(update)) === "later") return reply.code(503).send({ code: "BUSY" });
      return reply.code(200).send({});
    });
  });
}

function secretOf(request: FastifyRequest): string | null {
  const value = request.headers[SECRET_HEADER];
  return typeof value === "string" && value !== "" ? value : null;
}

/** Takes the same time wherever the two differ, and whatever their lengths. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

function parseJson(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? (JSON.parse(body.toString("utf8")) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
