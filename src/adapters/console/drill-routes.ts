import type { FastifyInstance } from "fastify";
import { hearDrill } from "../../app/drills.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { problem } from "./read-body.ts";
import { signedIn } from "./signed-in.ts";

/** "I hear the bell": the answer to a trial of the alarm. */
export function registerDrillRoutes(app: FastifyInstance, { store, clock, events }: ConsoleDeps): void {
  app.post<{ Params: { id: string } }>(
    "/drills/:id/heard",
    { config: { role: "counsellor" } },
    async (request, reply) => {
      const by = signedIn(request).id;
      if (!(await hearDrill({ shelf: store.shelf, clock }, request.params.id, by)))
        return reply.code(404).send(problem("GONE", "this drill is over"));
      await store.audit.append([
        { at: clock.now(), act: "drill-heard", by, conversationId: null, detail: null },
      ]);
      events.publish({ kind: "queue" });
      return { kind: "done" };
    },
  );
}
