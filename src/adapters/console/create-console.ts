import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import type { IncomingMessage } from "node:http";
import type { ConsoleDeps } from "./console-deps.ts";
import { CONSOLE_HEADER } from "../../wire/console.ts";
import { createAttempts } from "./attempts.ts";
import { registerAccountRoutes } from "./account-routes.ts";
import { registerCaseRoutes } from "./case-routes.ts";
import { registerColleagueRoutes } from "./colleague-routes.ts";
import { createConsoleSockets } from "./console-sockets.ts";
import { createQueueView } from "./queue-view.ts";
import type { Account } from "../../domain/team/account.ts";
import { may } from "../../domain/team/may.ts";
import { registerDrillRoutes } from "./drill-routes.ts";
import { registerImprovementRoutes } from "./improvement-routes.ts";
import { registerReferralRoutes } from "./referral-routes.ts";
import { registerReviewRoutes } from "./review-routes.ts";
import { registerSnippetRoutes } from "./snippet-routes.ts";
import { registerSupervisionRoutes } from "./supervision-routes.ts";
import { registerTeamRoutes } from "./team-routes.ts";
import { COOKIE, createSignIns, hashToken, tokenOf } from "./sign-ins.ts";

export interface Console {
  register(app: FastifyInstance): void;
  admit(request: IncomingMessage): Promise<boolean>;
  accept(socket: WebSocket, request: IncomingMessage): void;
  /** A one-time token for the first account, or null when there is one already. Only the newest token counts. */
  openSetup(): Promise<string | null>;
  close(): void;
}

export function createConsole(deps: ConsoleDeps): Console {
  const signIns = createSignIns(deps);
  const queue = createQueueView(deps.store, deps.events);
  const sockets = createConsoleSockets({ ...deps, queue });
  const setup: { hash: string | null } = { hash: null };

  async function guard(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const { config, url } = request.routeOptions;
    const { role } = config;
    // The route as it is declared: an address could carry anything.
    const refused = (code: string) => deps.log.warn("console-refused", { code, route: url });
    if (role === undefined)
      return reply.code(403).send({ code: "FORBIDDEN", message: "nobody may call this" });
    // A form or image of a foreign page can send cookies, but not this header.
    if (request.method !== "GET" && request.headers[CONSOLE_HEADER] !== "1") {
      refused("FOREIGN_PAGE");
      return reply
        .code(403)
        .send({ code: "FOREIGN_PAGE", message: "the request did not come from the console" });
    }
    if (role === "anyone") return undefined;
    request.account = await signIns.accountOf(request.cookies[COOKIE]);
    if (request.account === null) return reply.code(401).send({ code: "SIGN_IN", message: "please sign in" });
    if (role !== "member" && isShutOut(request.account)) {
      return reply.code(403).send({ code: "SECOND_FACTOR", message: "please set a second factor first" });
    }
    if (!may(request.account, role)) {
      refused("FORBIDDEN");
      return reply
        .code(403)
        .send({ code: "FORBIDDEN", message: "this is not among the duties of your role" });
    }
    return undefined;
  }

  /** The house demands a second factor and this account has none. */
  const isShutOut = ({ secondFactor }: Account) => deps.needsSecondFactor && secondFactor === null;
  const sits = (account: Account) => may(account, "counsellor") && !isShutOut(account);

  return {
    register(app) {
      void app.register(
        async (scope) => {
          scope.decorateRequest("account", null);
          scope.addHook("preHandler", guard);
          scope.addHook("onSend", async (_request, reply) => {
            reply.header("cache-control", "no-store");
          });
          registerAccountRoutes(scope, { ...deps, signIns, setup, attempts: createAttempts(deps.clock) });
          registerCaseRoutes(scope, { ...deps, queue });
          registerColleagueRoutes(scope, deps);
          registerReferralRoutes(scope, deps);
          registerImprovementRoutes(scope, deps);
          registerReviewRoutes(scope, deps);
          registerDrillRoutes(scope, deps);
          registerSupervisionRoutes(scope, deps);
          registerTeamRoutes(scope, { ...deps, signIns });
          registerSnippetRoutes(scope, deps);
        },
        { prefix: "/console/api" },
      );
    },
    async admit(request) {
      const account = await signIns.accountOf(tokenOf(request));
      return account !== null && sits(account);
    },
    accept(socket, request) {
      const token = tokenOf(request);
      void signIns.accountOf(token).then((account) => {
        if (account === null || !sits(account)) return socket.close(1008, "sign in");
        const mayStay = async () => (await signIns.accountOf(token)) !== null;
        sockets.accept(socket, { account, mayStay });
      });
    },
    async openSetup() {
      if ((await deps.store.accounts.count()) > 0) return null;
      const token = `${deps.ids.next()}${deps.ids.next()}`;
      setup.hash = hashToken(token);
      return token;
    },
    close() {
      sockets.close();
      queue.close();
    },
  };
}
