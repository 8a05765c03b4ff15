import type { FastifyInstance } from "fastify";
import type { ColleaguesAnswer } from "../../wire/colleagues.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { signedIn } from "./signed-in.ts";

/** Every open console is heard of twice in this time, in milliseconds. */
const PRESENT_MS = 60_000;

/** Whom a case may be offered to. */
export function registerColleagueRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const { store, presence, clock } = deps;
  app.get("/colleagues", { config: { role: "counsellor" } }, async (request): Promise<ColleaguesAnswer> => {
    const others = (await store.accounts.all()).filter(({ id }) => id !== signedIn(request).id);
    const colleagues = await Promise.all(
      others.map(async ({ id, name }) => {
        const seenAt = await presence.seenAt(id);
        return { id, name, isPresent: seenAt !== null && clock.now() - seenAt < PRESENT_MS };
      }),
    );
    return { colleagues };
  });
}
