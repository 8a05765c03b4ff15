import type { FastifyRequest } from "fastify";
import { AppError } from "../../app/errors.ts";
import type { Account } from "../../domain/team/account.ts";
import type { Duty } from "../../domain/team/may.ts";

export type RouteRole = "anyone" | Duty;

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may call this route. A console route that names nobody answers 403. */
    readonly role?: RouteRole;
  }
  interface FastifyRequest {
    account: Account | null;
  }
}

/** The account of a request that has passed the guard. */
export function signedIn(request: FastifyRequest): Account {
  if (request.account === null) throw new AppError("NOT_SIGNED_IN");
  return request.account;
}
