import type { FastifyRequest } from "fastify";
import type { Account } from "../../app/ports.ts";
import { CounsellorId } from "../../domain/kernel/ids.ts";

export type Role = "anyone" | "counsellor" | "supervisor";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may call this route. A console route that names nobody answers 403. */
    readonly role?: Role;
  }
  interface FastifyRequest {
    account: Account | null;
  }
}

/** The account of a request that has passed the guard. */
export function signedIn(request: FastifyRequest): Account {
  return (
    request.account ?? {
      id: CounsellorId.parse("nobody"),
      name: "",
      role: "counsellor",
      passwordHash: "",
      createdAt: 0,
    }
  );
}
