import type { Account } from "../../domain/team/account.ts";
import { may } from "../../domain/team/may.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";

/** Waiting cases are read by whoever may claim them; a live one only by its counsellor, or a supervisor. Each reading is audited. */
export function mayRead(handoff: Handoff, account: Account): boolean {
  if (!may(account, "counsellor")) return false;
  return handoff.status === "waiting" || handoff.counsellorId === account.id || may(account, "supervisor");
}
