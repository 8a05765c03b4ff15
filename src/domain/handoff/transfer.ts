import { z } from "zod";
import { CounsellorId } from "../kernel/ids.ts";

/** For how long an offer stands, in milliseconds. After it the case simply stays with whoever offered it. */
export const OFFER_MS = 60_000;

/**
 * A live case that its counsellor would like to hand to a colleague. While it is offered, nothing changes for the
 * person: whoever offered it is still the one who answers.
 */
export const Transfer = z.strictObject({
  /** The owner who offered it. An offer of somebody who no longer owns the case is void. */
  from: CounsellorId,
  /** The colleague who is asked; null when the whole group is. */
  to: CounsellorId.nullable(),
  offeredAt: z.number().int().nonnegative(),
  /** `refused` and `timed-out` stay until the sender has seen them. */
  state: z.enum(["open", "refused", "timed-out"]),
});
export type Transfer = z.infer<typeof Transfer>;

export type TransferAct =
  | { readonly kind: "offer"; readonly to: CounsellorId | null }
  /** Taken back, or how it ended was seen. */
  | { readonly kind: "withdraw" }
  /** Meant for the offer of that moment only: a later one may be for somebody else. */
  | { readonly kind: "accept" | "decline"; readonly offeredAt: number }
  /** Nobody answered; the server says so in the sender's name. */
  | { readonly kind: "expire"; readonly offeredAt: number };

/** True while the offer can be accepted. Decided by the stored moment alone, so that a late watch changes nothing. */
export function isStanding(transfer: Transfer, now: number): boolean {
  return transfer.state === "open" && now - transfer.offeredAt < OFFER_MS;
}

/** True when the offer ended without an answer and its sender was not told yet. */
export function isOverdue(transfer: Transfer, now: number): boolean {
  return transfer.state === "open" && !isStanding(transfer, now);
}

/** True when this counsellor is the one asked, or one of those who are. */
export function isAsked({ from, to }: Transfer, counsellorId: CounsellorId): boolean {
  return counsellorId !== from && (to === null || to === counsellorId);
}
