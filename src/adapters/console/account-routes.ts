import type { FastifyInstance, FastifyReply } from "fastify";
import type { Account } from "../../app/ports.ts";
import { CounsellorId } from "../../domain/kernel/ids.ts";
import { type Me, SetupRequest, SignInRequest } from "../../wire/console.ts";
import type { createAttempts } from "./attempts.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { problem, read } from "./read-body.ts";
import { signedIn } from "./signed-in.ts";
import { checkNothing, hashPassword, isPassword } from "./passwords.ts";
import { COOKIE, hashToken, isSameToken, type SignIns } from "./sign-ins.ts";

interface Deps extends ConsoleDeps {
  readonly signIns: SignIns;
  readonly setup: { hash: string | null };
  readonly attempts: ReturnType<typeof createAttempts>;
}

export function registerAccountRoutes(app: FastifyInstance, deps: Deps): void {
  const { store, clock, ids, signIns, setup, attempts } = deps;

  async function signIn(reply: FastifyReply, account: Account): Promise<Me> {
    const { token, maxAgeSeconds } = await signIns.open(account);
    const options = {
      path: "/console",
      httpOnly: true,
      sameSite: "strict",
      secure: deps.isSecure,
      maxAge: maxAgeSeconds,
    } as const;
    reply.setCookie(COOKIE, token, options);
    await store.audit.append([
      { at: clock.now(), act: "signed-in", by: account.id, conversationId: null, detail: null },
    ]);
    return { id: account.id, name: account.name, role: account.role };
  }

  app.post("/setup", { config: { role: "anyone" } }, async (request, reply) => {
    const body = read(SetupRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const { token, name, password } = body.value;
    const isOpen =
      setup.hash !== null &&
      isSameToken(setup.hash, hashToken(token)) &&
      (await store.accounts.count()) === 0;
    if (!isOpen)
      return reply
        .code(403)
        .send(
          problem(
            "LINK_USED",
            "this link was used already or is no longer valid; restart the server for a new one",
          ),
        );
    // Taken before the slow hash, so that a second request with the same link finds it used.
    setup.hash = null;
    const id = CounsellorId.parse(ids.next());
    const account: Account = {
      id,
      name,
      role: "supervisor",
      passwordHash: await hashPassword(password),
      createdAt: clock.now(),
    };
    await store.accounts.create(account);
    await store.audit.append([
      { at: clock.now(), act: "account-created", by: id, conversationId: null, detail: "supervisor" },
    ]);
    return signIn(reply, account);
  });

  app.post("/sign-in", { config: { role: "anyone" } }, async (request, reply) => {
    const body = read(SignInRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const { name, password } = body.value;
    const key = name.toLowerCase();
    if (attempts.isBlocked(key))
      return reply.code(429).send(problem("TOO_MANY_TRIES", "too many tries; wait a quarter of an hour"));
    const account = await store.accounts.byName(name);
    const isRight =
      account === null ? await checkNothing(password) : await isPassword(account.passwordHash, password);
    if (account === null || !isRight) {
      attempts.failed(key);
      await store.audit.append([
        {
          at: clock.now(),
          act: "sign-in-failed",
          by: account?.id ?? "unknown",
          conversationId: null,
          detail: null,
        },
      ]);
      return reply.code(401).send(problem("WRONG", "the name or the password is not right"));
    }
    attempts.succeeded(key);
    return signIn(reply, account);
  });

  app.post("/sign-out", { config: { role: "counsellor" } }, async (request, reply) => {
    const token = request.cookies[COOKIE];
    if (token !== undefined) await signIns.close(token);
    reply.clearCookie(COOKIE, { path: "/console" });
    return { kind: "done" };
  });

  app.get("/me", { config: { role: "counsellor" } }, async (request): Promise<Me> => {
    const { id, name, role } = signedIn(request);
    return { id, name, role };
  });

  /** A supervisor adds a colleague, who gets the password from them by another way. */
  app.post("/accounts", { config: { role: "supervisor" } }, async (request, reply) => {
    const body = read(SetupRequest.omit({ token: true }), request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const { name, password } = body.value;
    const id = CounsellorId.parse(ids.next());
    const account: Account = {
      id,
      name,
      role: "counsellor",
      passwordHash: await hashPassword(password),
      createdAt: clock.now(),
    };
    if (!(await store.accounts.create(account)))
      return reply.code(409).send(problem("NAME_TAKEN", "this name is taken"));
    await store.audit.append([
      {
        at: clock.now(),
        act: "account-created",
        by: signedIn(request).id,
        conversationId: null,
        detail: "counsellor",
      },
    ]);
    return { id, name, role: account.role };
  });
}
