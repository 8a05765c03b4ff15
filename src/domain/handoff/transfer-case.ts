import type { AuditEvent } from "../conversation/outcome.ts";
import type { FlowBook } from "../dialogue/flow-book.ts";
import type { CounsellorId } from "../kernel/ids.ts";
import {
  type ActResult,
  type By,
  type Case,
  concludeAct,
  noticeEntry,
  type Refusal,
} from "./conclude-act.ts";
import type { Handoff } from "./handoff.ts";
import { isAsked, isOverdue, isStanding, type Transfer, type TransferAct } from "./transfer.ts";

interface Request {
  readonly act: TransferAct;
  readonly by: By;
}

/** Hands a live case from one counsellor to another, without a moment in which the person has nobody or two. */
export function transferCase(book: FlowBook, subject: Case, { act, by }: Request): ActResult {
  const { handoff } = subject;
  if (handoff.status !== "live") return refused("not-yours");
  const offer = currentOffer(handoff);
  switch (act.kind) {
    case "offer":
      return handoff.counsellorId !== by.counsellorId || act.to === by.counsellorId
        ? refused("not-yours")
        : note(subject, by, {
            transfer: { from: by.counsellorId, to: act.to, offeredAt: by.now, state: "open" },
            act: "handoff-offered",
          });
    case "withdraw":
      if (handoff.counsellorId !== by.counsellorId) return refused("not-yours");
      return note(subject, by, { transfer: null, act: null });
    case "expire":
      return offer === null || offer.offeredAt !== act.offeredAt || !isOverdue(offer, by.now)
        ? refused("no-offer")
        : note(subject, by, { transfer: { ...offer, state: "timed-out" }, act: "handoff-offer-lapsed" });
    case "decline":
      return offer === null || !canAnswer(offer, by, act.offeredAt) || offer.to === null
        ? refused("no-offer")
        : note(subject, by, { transfer: { ...offer, state: "refused" }, act: "handoff-offer-refused" });
    case "accept":
      return offer === null || !canAnswer(offer, by, act.offeredAt)
        ? refused("no-offer")
        : { kind: "done", outcome: passOn(book, subject, { by, to: by.counsellorId }) };
  }
}

/** Gives a live case to another owner: one line to the person; case and conversation change in one commit. */
export function passOn(
  book: FlowBook,
  subject: Case,
  { by, to, act = "handoff-transferred" }: PassOn,
): ReturnType<typeof concludeAct> {
  const { conversation, handoff } = subject;
  const next: Handoff = {
    ...handoff,
    status: "live",
    counsellorId: to,
    // Later than the claim before it: what was meant for that one (a lapse on its way) must not reach this one.
    claimedAt: Math.max(by.now, (handoff.claimedAt ?? 0) + 1),
    transfer: null,
  };
  const mode = { kind: "live", handoffId: handoff.id, counsellorId: to } as const;
  return concludeAct({ ...conversation, mode, openButtons: [] }, by, {
    handoff: next,
    entries: [noticeEntry(book, conversation, { name: "handoff_transferred", by })],
    act,
    detail: `${handoff.counsellorId ?? "nobody"} > ${to}`,
  });
}

interface PassOn {
  readonly by: By;
  readonly to: CounsellorId;
  readonly act?: AuditEvent["act"];
}

/** The offer of whoever owns the case now; one that somebody before them made says nothing any more. */
function currentOffer({ transfer, counsellorId }: Handoff): Transfer | null {
  return transfer !== null && transfer.from === counsellorId ? transfer : null;
}

function canAnswer(offer: Transfer, by: By, offeredAt: number): boolean {
  return offer.offeredAt === offeredAt && isStanding(offer, by.now) && isAsked(offer, by.counsellorId);
}

/** Only the two counsellors are concerned: the person hears nothing of an offer. */
function note(
  { conversation, handoff }: Case,
  by: By,
  { transfer, act }: { readonly transfer: Transfer | null; readonly act: AuditEvent["act"] | null },
): ActResult {
  const change = { handoff: { ...handoff, transfer }, entries: [], act, detail: transfer?.to ?? "anyone" };
  return { kind: "done", outcome: concludeAct(conversation, by, change) };
}

function refused(reason: Refusal): ActResult {
  return { kind: "refused", reason };
}
