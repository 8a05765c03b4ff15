import type { Store } from "../../app/ports.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import { isAsked, isStanding, OFFER_MS } from "../../domain/handoff/transfer.ts";
import type { CounsellorId } from "../../domain/kernel/ids.ts";
import type { CaseSummary } from "../../wire/console.ts";

/** What a counsellor sees of an offer: its sender all of it, whoever is asked while it stands, and nobody else. */
export async function showOffer(
  store: Pick<Store, "accounts">,
  { transfer, status, counsellorId }: Handoff,
  seen: { readonly now: number; readonly by: CounsellorId },
): Promise<CaseSummary["offer"]> {
  if (transfer === null || status !== "live" || transfer.from !== counsellorId) return null;
  const isForMe = isStanding(transfer, seen.now) && isAsked(transfer, seen.by);
  if (!isForMe && transfer.from !== seen.by) return null;
  const to = transfer.to === null ? null : await store.accounts.byId(transfer.to);
  const { state, offeredAt } = transfer;
  return { state, offeredAt, endsAt: offeredAt + OFFER_MS, toName: to?.name ?? null, isForMe };
}
