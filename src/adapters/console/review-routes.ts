import type { FastifyInstance } from "fastify";
import { createReviewSample } from "../../app/review-sample.ts";
import { createReviews } from "../../app/reviews.ts";
import {
  type ReviewAnswer,
  type ReviewWeeksAnswer,
  type VerdictAnswer,
  VerdictRequest,
} from "../../wire/reviews.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { problem, read } from "./read-body.ts";
import { signedIn } from "./signed-in.ts";

/** Reading again what the bot answered alone: each reader gets one talk after the other. */
export function registerReviewRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const { store, clock, log } = deps;
  const sample = createReviewSample({ shelf: store.shelf, clock, log });
  const reviews = createReviews({ ...deps, sample });

  app.get("/reviews/next", { config: { role: "counsellor" } }, async (request): Promise<ReviewAnswer> => {
    const by = signedIn(request).id;
    const talk = await reviews.next(by);
    if (talk !== null)
      await store.audit.append([
        { at: clock.now(), act: "review-read", by, conversationId: null, detail: talk.id },
      ]);
    return { talk: talk === null ? null : { id: talk.id, lines: [...talk.lines] } };
  });

  app.post<{ Params: { id: string } }>(
    "/reviews/:id",
    { config: { role: "counsellor" } },
    async (request, reply) => {
      const body = read(VerdictRequest, request.body);
      if (body.problem !== null) return reply.code(400).send(body.problem);
      const kind = await reviews.judge(request.params.id, {
        by: signedIn(request).id,
        level: body.value.level,
      });
      if (kind === "gone") return reply.code(404).send(problem("GONE", "there is no such talk any more"));
      const answer: VerdictAnswer = { kind };
      return answer;
    },
  );

  app.get("/reviews/weeks", { config: { role: "supervisor" } }, async (): Promise<ReviewWeeksAnswer> => {
    return { weeks: await reviews.weeks() };
  });
}
