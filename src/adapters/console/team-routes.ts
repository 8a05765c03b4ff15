import type { FastifyInstance } from "fastify";
import { isPresent } from "../../app/presence.ts";
import { CounsellorId } from "../../domain/kernel/ids.ts";
import { type Account, openAccount } from "../../domain/team/account.ts";
import {
  type AccountsAnswer,
  type InvitationAnswer,
  InvitationRequest,
  type InvitedAnswer,
  InvitedRequest,
  JoinRequest,
} from "../../wire/team.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { createEnter } from "./enter.ts";
import { createInvitations, type Invitation } from "./invitations.ts";
import { hashPassword } from "./passwords.ts";
import { problem, read } from "./read-body.ts";
import { signedIn } from "./signed-in.ts";
import type { SignIns } from "./sign-ins.ts";

const LINK_USED = problem("LINK_USED", "this link was used already or is no longer valid; ask for a new one");

/** Who belongs to the house: inviting, coming in by an invitation, and closing an account. */
export function registerTeamRoutes(
  app: FastifyInstance,
  deps: ConsoleDeps & { readonly signIns: SignIns },
): void {
  const { store, clock, ids, presence } = deps;
  const enter = createEnter(deps);
  const invitations = createInvitations(deps);

  app.get("/accounts", { config: { role: "supervisor" } }, async (): Promise<AccountsAnswer> => {
    const accounts = await store.accounts.all();
    const shown = accounts.map(async ({ id, name, role, secondFactor, closedAt }) => ({
      ...{ id, name, role, closedAt, hasSecondFactor: secondFactor !== null },
      isPresent: isPresent(await presence.seenAt(id), clock.now()),
    }));
    return { accounts: await Promise.all(shown) };
  });

  app.post("/invitations", { config: { role: "supervisor" } }, async (request, reply) => {
    const body = read(InvitationRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const wanted = await named(body.value);
    if (wanted === null)
      return reply.code(404).send(problem("NO_COLLEAGUE", "there is no colleague with this id"));
    const detail = "role" in wanted ? wanted.role : `for ${wanted.accountId}`;
    const made: InvitationAnswer = await invitations.make(wanted);
    await note("account-invited", signedIn(request), detail);
    return made;
  });

  app.post("/invited", { config: { role: "anyone" } }, async (request, reply) => {
    const body = read(InvitedRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const invitation = await invitations.look(body.value.token);
    if (invitation === null) return reply.code(403).send(LINK_USED);
    const account = "accountId" in invitation ? await store.accounts.byId(invitation.accountId) : null;
    const answer: InvitedAnswer = { name: account?.name ?? null };
    return answer;
  });

  app.post("/join", { config: { role: "anyone" } }, async (request, reply) => {
    const body = read(JoinRequest, request.body);
    if (body.problem !== null) return reply.code(400).send(body.problem);
    const { token, name, password } = body.value;
    const invitation = await invitations.look(token);
    if (invitation === null) return reply.code(403).send(LINK_USED);
    if ("role" in invitation) {
      if (name === undefined) return reply.code(400).send(problem("BAD_REQUEST", "name is missing"));
      if ((await store.accounts.byName(name)) !== null)
        return reply.code(409).send(problem("NAME_TAKEN", "this name is taken"));
    }
    const passwordHash = await hashPassword(password);
    // Only now, so that a name that is taken does not use the link up.
    if ((await invitations.take(token)) === null) return reply.code(403).send(LINK_USED);
    const account =
      "role" in invitation
        ? await create(invitation.role, name ?? "", passwordHash)
        : await restore(invitation.accountId, passwordHash);
    if (account === null) return reply.code(409).send(problem("NAME_TAKEN", "this name is taken"));
    await invitations.spend(token);
    return enter(reply, account);
  });

  app.post<{ Params: { id: string } }>(
    "/accounts/:id/close",
    { config: { role: "supervisor" } },
    async (request, reply) => {
      const by = signedIn(request);
      const id = CounsellorId.safeParse(request.params.id).data;
      // Whoever closes accounts keeps their own: so the house never stands without a supervisor.
      if (id === by.id)
        return reply.code(409).send(problem("OWN_ACCOUNT", "nobody closes their own account"));
      const closed =
        id === undefined
          ? null
          : await store.accounts.update(id, (now) => ({
              ...now,
              closedAt: clock.now(),
              validFrom: clock.now(),
            }));
      if (closed === null)
        return reply.code(404).send(problem("NO_COLLEAGUE", "there is no colleague with this id"));
      await note("account-closed", by, closed.id);
      await giveBack(closed.id);
      return { kind: "done" };
    },
  );

  /** The people they were talking with go back to the head of the queue at once, and are told. */
  async function giveBack(id: CounsellorId): Promise<void> {
    for (const handoff of await store.handoffs.open()) {
      if (handoff.counsellorId !== id || handoff.claimedAt === null) continue;
      const { claimedAt } = handoff;
      await deps.actOnHandoff({
        actId: `closed-${handoff.id}-${claimedAt}`,
        handoffId: handoff.id,
        counsellorId: id,
        act: { kind: "lapse", claimedAt },
      });
    }
  }

  async function create(role: Account["role"], name: string, passwordHash: string): Promise<Account | null> {
    const account = openAccount({
      ...{ id: CounsellorId.parse(ids.next()), name, role, passwordHash },
      createdAt: clock.now(),
    });
    if (!(await store.accounts.create(account))) return null;
    await note("account-created", account, role);
    return account;
  }

  async function restore(id: CounsellorId, passwordHash: string): Promise<Account | null> {
    const restored = await store.accounts.update(id, (now) => ({
      ...now,
      passwordHash,
      validFrom: clock.now(),
      closedAt: null,
      secondFactor: null,
    }));
    if (restored !== null) await note("account-restored", restored, null);
    return restored;
  }

  async function named(
    wanted: { role: Account["role"] } | { accountId: string },
  ): Promise<Invitation | null> {
    if ("role" in wanted) return wanted;
    const accountId = CounsellorId.safeParse(wanted.accountId).data;
    return accountId !== undefined && (await store.accounts.byId(accountId)) !== null ? { accountId } : null;
  }

  async function note(
    act: "account-invited" | "account-created" | "account-closed" | "account-restored",
    { id }: Account,
    detail: string | null,
  ): Promise<void> {
    await store.audit.append([{ at: clock.now(), act, by: id, conversationId: null, detail }]);
  }
}
