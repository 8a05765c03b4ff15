import type { Account } from "../../domain/team/account.ts";
import type { Me } from "../../wire/console.ts";
import type { ConsoleDeps } from "./console-deps.ts";

/** What the page of somebody who is signed in knows of them. */
export function showMe(
  { id, name, role, secondFactor }: Account,
  { needsSecondFactor }: Pick<ConsoleDeps, "needsSecondFactor">,
): Me {
  const hasSecondFactor = secondFactor !== null;
  return { id, name, role, hasSecondFactor, mustSetSecondFactor: needsSecondFactor && !hasSecondFactor };
}
