import type { FastifyInstance } from "fastify";
import type { PublicNumbers } from "../../app/public-numbers.ts";
import { NUMBERS_CSS, numbersPage } from "./numbers-page.ts";

const KEPT_SECONDS = 3600;

/** `/about/numbers`: how the service goes, for everybody. */
export function registerNumbers(app: FastifyInstance, numbers: () => Promise<PublicNumbers>): void {
  app.get("/about/numbers.css", async (_request, reply) =>
    reply
      .type("text/css; charset=utf-8")
      .header("cache-control", `public, max-age=${KEPT_SECONDS}`)
      .send(NUMBERS_CSS),
  );
  app.get<{ Querystring: { lang?: string } }>("/about/numbers", async (request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", `public, max-age=${KEPT_SECONDS}`)
      .send(numbersPage(await numbers(), request.query.lang === "en" ? "en" : "vi")),
  );
}
