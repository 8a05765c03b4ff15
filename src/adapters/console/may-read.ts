import type { Account } from "../../domain/team/account.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";

/** Waiting cases are read by whoever may claim them; a live one only by its counsellor, or a supervisor. Each reading is audited. */
export function mayRead(handoff: Handoff, account: Account): boolean {
  return handoff.status === "waiting" || handoff.counsellorId === account.id || account.role === "supervisor";
}
