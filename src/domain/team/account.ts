import { z } from "zod";
import { CounsellorId } from "../kernel/ids.ts";

export const Role = z.enum(["counsellor", "editor", "supervisor"]);
export type Role = z.infer<typeof Role>;

/** Somebody of the house who may sign in to the console. Times in milliseconds since 1970. */
export const Account = z.strictObject({
  id: CounsellorId,
  name: z.string(),
  role: Role,
  passwordHash: z.string(),
  createdAt: z.number(),
  /** Sign-ins from before it count no more. */
  validFrom: z.number().default(0),
  /** Closed accounts stay, since the audit log names them. */
  closedAt: z.number().nullable().default(null),
  /** Codes of an authenticator app (RFC 6238). `lastStep`: the newest that was used; none counts twice. */
  secondFactor: z.strictObject({ secret: z.string(), lastStep: z.number().int() }).nullable().default(null),
});
export type Account = z.infer<typeof Account>;

export function openAccount(
  who: Pick<Account, "id" | "name" | "role" | "passwordHash" | "createdAt">,
): Account {
  return { ...who, validFrom: 0, closedAt: null, secondFactor: null };
}

export function isOpen({ closedAt }: Pick<Account, "closedAt">): boolean {
  return closedAt === null;
}
