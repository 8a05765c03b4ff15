import type { FastifyInstance } from "fastify";
import { isPresent } from "../../app/presence.ts";
import { isOpen } from "../../domain/team/account.ts";
import { may } from "../../domain/team/may.ts";
import type { ColleaguesAnswer } from "../../wire/colleagues.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { signedIn } from "./signed-in.ts";

/** Whom a case may be offered to. */
export function registerColleagueRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const { store, presence, clock } = deps;
  app.get("/colleagues", { config: { role: "counsellor" } }, async (request): Promise<ColleaguesAnswer> => {
    const others = (await store.accounts.all()).filter(
      (account) => isOpen(account) && may(account, "counsellor") && account.id !== signedIn(request).id,
    );
    const colleagues = await Promise.all(
      others.map(async ({ id, name }) => {
        return { id, name, isPresent: isPresent(await presence.seenAt(id), clock.now()) };
      }),
    );
    return { colleagues };
  });
}
