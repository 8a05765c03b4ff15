import type { Role } from "./account.ts";

/**
 * What a route may ask for. `member`: anybody of the house, for their own account. Supervisors do what counsellors and
 * editors do; an editor sees no case and no word that tells who wrote it.
 */
export type Duty = "member" | "counsellor" | "editor" | "supervisor";

const ROLES_FOR: Readonly<Record<Duty, readonly Role[]>> = {
  member: ["counsellor", "editor", "supervisor"],
  counsellor: ["counsellor", "supervisor"],
  editor: ["editor", "supervisor"],
  supervisor: ["supervisor"],
};

export function may({ role }: { readonly role: Role }, duty: Duty): boolean {
  return ROLES_FOR[duty].includes(role);
}
