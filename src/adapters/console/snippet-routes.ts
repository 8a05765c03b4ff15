import type { FastifyInstance } from "fastify";
import { libraryFor } from "../../domain/snippets/library-for.ts";
import { snippetsFor } from "../../domain/snippets/snippets-for.ts";
import { SnippetQuery, type SnippetsAnswer } from "../../wire/console.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { read } from "./read-body.ts";

/** Ready sentences and the bot's own answers for the reply box. Asked for anew each time the list opens, so that an edit is there at once. */
export function registerSnippetRoutes(app: FastifyInstance, { content }: ConsoleDeps): void {
  app.get("/snippets", { config: { role: "counsellor" } }, async (request, reply) => {
    const query = read(SnippetQuery, request.query);
    if (query.problem !== null) return reply.code(400).send(query.problem);
    const book = content.current();
    const answer: SnippetsAnswer = {
      snippets: [...snippetsFor(book.snippets, query.value), ...libraryFor(book, query.value)],
    };
    return answer;
  });
}
