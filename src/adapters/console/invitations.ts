import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Clock, Leases, Shelf } from "../../app/ports.ts";
import { CounsellorId } from "../../domain/kernel/ids.ts";
import { Role } from "../../domain/team/account.ts";
import { hashToken } from "./sign-ins.ts";

const Invitation = z.union([
  z.strictObject({ role: Role }),
  /** For somebody who has lost their password or their phone. */
  z.strictObject({ accountId: CounsellorId }),
]);
export type Invitation = z.infer<typeof Invitation>;

const VALID_MS = 72 * 3600 * 1000;
const TAKEN_MS = 60_000;

export interface Invitations {
  /** The token goes into a link; only its hash is stored. */
  make(invitation: Invitation): Promise<{ readonly token: string; readonly expiresAt: number }>;
  /** Null for whatever is no invitation that counts now. */
  look(token: string): Promise<Invitation | null>;
  /** The same, and nobody else gets it within the next minute. */
  take(token: string): Promise<Invitation | null>;
  /** It was used; it counts no more. */
  spend(token: string): Promise<void>;
}

export function createInvitations(deps: {
  readonly store: { readonly shelf: Shelf; readonly leases: Leases };
  readonly clock: Clock;
}): Invitations {
  const { store, clock } = deps;
  const nameOf = (token: string) => `invitation-${hashToken(token)}`;
  const look = async (token: string) =>
    Invitation.safeParse(await store.shelf.get(nameOf(token))).data ?? null;
  return {
    async make(invitation) {
      const token = randomBytes(32).toString("base64url");
      await store.shelf.put(nameOf(token), invitation, VALID_MS);
      return { token, expiresAt: clock.now() + VALID_MS };
    },
    look,
    async take(token) {
      const holder = randomBytes(9).toString("base64url");
      return (await store.leases.take(nameOf(token), holder, TAKEN_MS)) ? look(token) : null;
    },
    spend: (token) => store.shelf.put(nameOf(token), null, 1),
  };
}
