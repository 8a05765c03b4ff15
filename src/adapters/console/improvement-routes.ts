import type { FastifyInstance } from "fastify";
import { createImprovements } from "../../app/improvements.ts";
import type { CounsellorId } from "../../domain/kernel/ids.ts";
import { IntentId, INTENTS } from "../../domain/taxonomy/intent.ts";
import { DecisionRequest, type ImprovementsAnswer } from "../../wire/improvements.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { problem, read } from "./read-body.ts";
import { signedIn } from "./signed-in.ts";

/** Lines that the bot could have answered: an editor rewrites them and says which topic they belong to. */
export function registerImprovementRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const { store, clock, content } = deps;
  const improvements = createImprovements(deps);

  app.get("/improvements", { config: { role: "editor" } }, async (): Promise<ImprovementsAnswer> => {
    const lines = await improvements.list();
    const { flows } = content.current();
    return {
      lines: await Promise.all(
        lines.map(async ({ decision, ...line }) => ({
          ...line,
          decision:
            decision === null
              ? null
              : { intent: decision.intent, text: decision.text, byName: await nameOf(decision.by) },
        })),
      ),
      topics: INTENTS.map((intent) => ({
        intent,
        ...(flows.get(intent)?.title ?? { vi: intent, en: intent }),
      })),
    };
  });

  app.get("/improvements.jsonl", { config: { role: "editor" } }, async (request, reply) => {
    const taken = (await improvements.list()).flatMap(({ decision, locale, audience }) =>
      decision === null || decision.intent === null
        ? []
        : [{ intent: decision.intent, locale, audience, text: decision.text }],
    );
    const detail = `${taken.length} lines`;
    await store.audit.append([
      { at: clock.now(), act: "improvements-taken", by: signedIn(request).id, conversationId: null, detail },
    ]);
    return reply
      .type("application/jsonl; charset=utf-8")
      .header("content-disposition", 'attachment; filename="ke-ben-lines.jsonl"')
      .send(taken.map((line) => `${JSON.stringify(line)}\n`).join(""));
  });

  app.post<{ Params: { id: string } }>(
    "/improvements/:id",
    { config: { role: "editor" } },
    async (request, reply) => {
      const body = read(DecisionRequest, request.body);
      if (body.problem !== null) return reply.code(400).send(body.problem);
      const { text, intent: wanted } = body.value;
      const intent = IntentId.nullable().safeParse(wanted);
      if (!intent.success)
        return reply.code(400).send(problem("BAD_REQUEST", "intent is none of the topics"));
      const by = signedIn(request).id;
      if (!(await improvements.decide(request.params.id, { intent: intent.data, text, by })))
        return reply.code(404).send(problem("GONE", "there is no such line any more"));
      return { kind: "done" };
    },
  );

  async function nameOf(id: CounsellorId): Promise<string | null> {
    return (await store.accounts.byId(id))?.name ?? null;
  }
}
