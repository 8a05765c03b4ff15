import type { FastifyInstance } from "fastify";
import { CounsellorId } from "../../domain/kernel/ids.ts";
import { type Account, isOpen, openAccount } from "../../domain/team/account.ts";
import { type Me, SetupRequest, SignInRequest } from "../../wire/console.ts";
import {
  ConfirmRequest,
  OwnPasswordRequest,
  PasswordRequest,
  type SecondFactorAnswer,
} from "../../wire/team.ts";
import type { createAttempts } from "./attempts.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { checkNothing, hashPassword, isPassword } from "./passwords.ts";
import { problem, read } from "./read-body.ts";
import { newSecret, stepOf, uriOf } from "./second-factor.ts";
import { showMe } from "./show-me.ts";
import { signedIn } from "./signed-in.ts";
import { COOKIE, hashToken, isSameToken, type SignIns } from "./sign-ins.ts";
import { createEnter } from "./enter.ts";

interface Deps extends ConsoleDeps {
  readonly signIns: SignIns;
  readonly setup: { hash: string | null };
  readonly attempts: ReturnType<typeof createAttempts>;
}

const ENROL_MS = 10 * 60_000;

/** Signing in and out, and what everybody may change of their own account. */
export function registerAccountRoutes(app: FastifyInstance, deps: Deps): void {
  const { store, clock, ids, signIns, setup, attempts } = deps;
  const enter = createEnter(deps);

  app.post("/setup", { config: { role: "anyone" } }, async (request, reply) => {
    const body = read(SetupRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const { token, name, password } = body.value;
    const isUnused =
      setup.hash !== null &&
      isSameToken(setup.hash, hashToken(token)) &&
      (await store.accounts.count()) === 0;
    if (!isUnused)
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
    const account = openAccount({
      id: CounsellorId.parse(ids.next()),
      name,
      role: "supervisor",
      passwordHash: await hashPassword(password),
      createdAt: clock.now(),
    });
    await store.accounts.create(account);
    await note(account, "account-created", "supervisor");
    return enter(reply, account);
  });

  app.post("/sign-in", { config: { role: "anyone" } }, async (request, reply) => {
    const body = read(SignInRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const { name, password, code } = body.value;
    const key = name.toLowerCase();
    if (attempts.isBlocked(key)) return reply.code(429).send(TOO_MANY_TRIES);
    const account = await store.accounts.byName(name);
    const mayEnter = account !== null && isOpen(account);
    const isRight = mayEnter
      ? await isPassword(account.passwordHash, password)
      : await checkNothing(password);
    const fail = async (status: number, what: ReturnType<typeof problem>) => {
      attempts.failed(key);
      await note(account, "sign-in-failed", what.code === "WRONG" ? null : "code");
      return reply.code(status).send(what);
    };
    if (!mayEnter || !isRight) return fail(401, problem("WRONG", "the name or the password is not right"));
    if (account.secondFactor !== null) {
      if (code === undefined)
        return reply.code(401).send(problem("CODE_NEEDED", "the code of the authenticator app is missing"));
      if (!(await useCode(account, code)))
        return fail(401, problem("WRONG_CODE", "the code is not right, or was used already"));
    }
    attempts.succeeded(key);
    return enter(reply, account);
  });

  app.post("/sign-out", { config: { role: "member" } }, async (request, reply) => {
    const token = request.cookies[COOKIE];
    if (token !== undefined) await signIns.close(token);
    reply.clearCookie(COOKIE, { path: "/console" });
    return { kind: "done" };
  });

  app.get("/me", { config: { role: "member" } }, async (request): Promise<Me> => {
    return showMe(signedIn(request), deps);
  });

  app.post("/password", { config: { role: "member" } }, async (request, reply) => {
    const body = read(PasswordRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const account = signedIn(request);
    const refusal = await refuseWrongPassword(account, body.value.current);
    if (refusal !== null) return reply.code(refusal.status).send(refusal.problem);
    const passwordHash = await hashPassword(body.value.next);
    const changed = await store.accounts.update(account.id, (now) => ({
      ...now,
      passwordHash,
      validFrom: clock.now(),
    }));
    await note(account, "password-changed");
    // Every other browser is signed out; this one gets a fresh sign-in.
    return enter(reply, changed ?? account);
  });

  app.post("/second-factor", { config: { role: "member" } }, async (request, reply) => {
    const body = read(OwnPasswordRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const account = signedIn(request);
    // Whoever finds an open console must not make it their own.
    const refusal = await refuseWrongPassword(account, body.value.password);
    if (refusal !== null) return reply.code(refusal.status).send(refusal.problem);
    const secret = newSecret();
    await store.shelf.put(`second-factor-${account.id}`, secret, ENROL_MS);
    const answer: SecondFactorAnswer = { secret, uri: uriOf(secret, account.name) };
    return answer;
  });

  app.post("/second-factor/confirm", { config: { role: "member" } }, async (request, reply) => {
    const body = read(ConfirmRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const account = signedIn(request);
    const secret = await store.shelf.get(`second-factor-${account.id}`);
    const lastStep = typeof secret === "string" ? stepOf(secret, body.value.code, clock.now()) : null;
    if (typeof secret !== "string" || lastStep === null)
      return reply.code(400).send(problem("WRONG_CODE", "the code is not right, or it came too late"));
    await store.accounts.update(account.id, (now) => ({ ...now, secondFactor: { secret, lastStep } }));
    await store.shelf.put(`second-factor-${account.id}`, null, 1);
    await note(account, "second-factor-set");
    return { kind: "done" };
  });

  app.post("/second-factor/remove", { config: { role: "member" } }, async (request, reply) => {
    const body = read(OwnPasswordRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const account = signedIn(request);
    const refusal = await refuseWrongPassword(account, body.value.password);
    if (refusal !== null) return reply.code(refusal.status).send(refusal.problem);
    await store.accounts.update(account.id, (now) => ({ ...now, secondFactor: null }));
    await note(account, "second-factor-removed");
    return { kind: "done" };
  });

  /** Null when it is their password; guessing is slow here as at the door. */
  async function refuseWrongPassword({ id, passwordHash }: Account, password: string) {
    if (attempts.isBlocked(id)) return { status: 429, problem: TOO_MANY_TRIES };
    if (await isPassword(passwordHash, password)) {
      attempts.succeeded(id);
      return null;
    }
    attempts.failed(id);
    return { status: 403, problem: problem("WRONG_PASSWORD", "the present password is not right") };
  }

  /** A code counts once, also when it comes twice in the same moment. */
  async function useCode({ id }: Account, code: string): Promise<boolean> {
    const used = await store.accounts.update(id, (now) => {
      const step = now.secondFactor === null ? null : stepOf(now.secondFactor.secret, code, clock.now());
      if (now.secondFactor === null || step === null || step <= now.secondFactor.lastStep) return null;
      return { ...now, secondFactor: { ...now.secondFactor, lastStep: step } };
    });
    return used !== null;
  }

  async function note(
    account: Account | null,
    act: Parameters<typeof store.audit.append>[0][number]["act"],
    detail: string | null = null,
  ): Promise<void> {
    const by = account?.id ?? "unknown";
    await store.audit.append([{ at: clock.now(), act, by, conversationId: null, detail }]);
  }
}

const TOO_MANY_TRIES = problem("TOO_MANY_TRIES", "too many tries; wait a quarter of an hour");
