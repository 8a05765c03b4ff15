import type { FastifyReply } from "fastify";
import type { Account } from "../../domain/team/account.ts";
import type { Me } from "../../wire/console.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { showMe } from "./show-me.ts";
import { COOKIE, type SignIns } from "./sign-ins.ts";

/** Lets somebody in who has shown who they are: a new sign-in, its cookie, and a line in the audit log. */
export function createEnter(
  deps: Pick<ConsoleDeps, "store" | "clock" | "isSecure" | "needsSecondFactor"> & {
    readonly signIns: SignIns;
  },
): (reply: FastifyReply, account: Account) => Promise<Me> {
  return async (reply, account) => {
    const { id } = account;
    const { token, maxAgeSeconds } = await deps.signIns.open(account);
    reply.setCookie(COOKIE, token, {
      path: "/console",
      httpOnly: true,
      sameSite: "strict",
      secure: deps.isSecure,
      maxAge: maxAgeSeconds,
    });
    await deps.store.audit.append([
      { at: deps.clock.now(), act: "signed-in", by: id, conversationId: null, detail: null },
    ]);
    return showMe(account, deps);
  };
}
