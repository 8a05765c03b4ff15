import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { CardLink } from "../../domain/conversation/message.ts";
import { FlowName, StepName } from "../../domain/dialogue/flow.ts";
import { Locale } from "../../domain/taxonomy/speaker.ts";

/** What the pages of cards need; each answers null for a card that is not there. */
export interface CardPages {
  picture(card: Omit<CardLink, "title">): Promise<Uint8Array | null>;
  /** A complete page to print; its styles stand at `/cards/print.css`. */
  page(card: Omit<CardLink, "title">): string | null;
  /** All cards for one listener, one sheet each. */
  allCards(listener: Pick<CardLink, "locale" | "voice">): string;
  readonly printCss: string;
}

const Listener = z.object({ locale: Locale, voice: z.enum(["teen", "parent"]) });
const CardAddress = Listener.extend({ flow: FlowName, step: StepName, as: z.enum(["png", "html"]) });
const KEPT_SECONDS = 300;

/** Cards hold no data of anyone: they are the content, as pictures and for printing. */
export function registerCards(app: FastifyInstance, cards: CardPages): void {
  app.get("/cards/print.css", async (_request, reply) => {
    await reply
      .type("text/css; charset=utf-8")
      .header("cache-control", `public, max-age=${KEPT_SECONDS}`)
      .send(cards.printCss);
  });
  app.get("/cards/all/:name", async (request, reply) => {
    const listener = Listener.safeParse(
      partsOf((request.params as { name: string }).name, ["locale", "voice"]),
    );
    if (!listener.success) return reply.callNotFound();
    return reply.type("text/html; charset=utf-8").send(cards.allCards(listener.data));
  });
  app.get("/cards/:flow/:name", async (request, reply) => {
    const { flow, name } = request.params as { flow: string; name: string };
    const address = CardAddress.safeParse({ flow, ...partsOf(name, ["step", "locale", "voice", "as"]) });
    if (!address.success) return reply.callNotFound();
    const { as, ...card } = address.data;
    const body = as === "png" ? await cards.picture(card) : cards.page(card);
    if (body === null) return reply.callNotFound();
    return reply
      .type(as === "png" ? "image/png" : "text/html; charset=utf-8")
      .header("cache-control", `public, max-age=${KEPT_SECONDS}`)
      .send(typeof body === "string" ? body : Buffer.from(body));
  });
}

/** "first.vi.teen.png" by its places; a name with more or fewer places fails the schema. */
function partsOf(name: string, keys: readonly string[]): Record<string, string> {
  const parts = name.split(".");
  // "all/vi.teen.html": the ending of a page need not be said.
  if (keys.length === 2 && parts.at(-1) === "html") parts.pop();
  if (parts.length !== keys.length) return {};
  return Object.fromEntries(keys.map((key, index) => [key, parts[index] ?? ""]));
}
