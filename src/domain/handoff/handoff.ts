import { z } from "zod";
import { ChannelName } from "../conversation/message.ts";
import { ConversationId, CounsellorId, HandoffId } from "../kernel/ids.ts";
import { type RiskLevel, riskRank } from "../taxonomy/risk.ts";
import { Audience, Locale } from "../taxonomy/speaker.ts";
import { RiskAssessment } from "../triage/assessment.ts";
import { CaseEnding, CaseFile } from "./case-file.ts";
import { Transfer } from "./transfer.ts";

export const HandoffStatus = z.enum(["waiting", "live", "resolved", "abandoned"]);
export type HandoffStatus = z.infer<typeof HandoffStatus>;

/** A case passed to people. Holds reasons and times, and what counsellors wrote down for one another. */
export const Handoff = z.strictObject({
  schema: z.literal(1),
  id: HandoffId,
  conversationId: ConversationId,
  channel: ChannelName,
  locale: Locale,
  audience: Audience,
  risk: RiskAssessment,
  /** `person`: they asked for a counsellor. `risk`: triage put them here. */
  cause: z.enum(["person", "risk"]),
  status: HandoffStatus,
  counsellorId: CounsellorId.nullable(),
  requestedAt: z.number().int().nonnegative(),
  claimedAt: z.number().int().nonnegative().nullable(),
  endedAt: z.number().int().nonnegative().nullable(),
  /** When a counsellor first wrote to them in this case. */
  firstReplyAt: z.number().int().nonnegative().nullable(),
  /** An offer to colleagues that stands, or how the last one ended while its sender has not seen it. */
  transfer: Transfer.nullable(),
  file: CaseFile,
  /** How it ended, as its counsellor says; null while it is open and where nobody said. */
  ending: CaseEnding.nullable(),
});
export type Handoff = z.infer<typeof Handoff>;

/** True while somebody waits in it or talks in it. */
export function isOpen({ status }: Pick<Handoff, "status">): boolean {
  return status === "waiting" || status === "live";
}

/** Requested from `from` until before `until`, in milliseconds since 1970. */
export const isRequestedIn =
  (from: number, until: number) =>
  ({ requestedAt }: Pick<Handoff, "requestedAt">): boolean =>
    requestedAt >= from && requestedAt < until;

const MINUTE_MS = 60_000;

/**
 * How far ahead of an ordinary case each level stands, in milliseconds of waiting: after half an hour an ordinary case
 * goes before a concern that comes only now, after three hours before an urgent one. An emergency is overtaken by none.
 */
export const HEAD_START_MS: Readonly<Record<Exclude<RiskLevel, "emergency">, number>> = {
  none: 0,
  concern: 30 * MINUTE_MS,
  urgent: 180 * MINUTE_MS,
};

/** What the place in the queue depends on; of a `Handoff`. */
export interface QueuePlace {
  readonly id: string;
  readonly requestedAt: number;
  readonly risk: { readonly level: RiskLevel };
}

/**
 * Queue order: emergencies first, then the level counted as time waited, so that whoever came before is never
 * overtaken for ever. Because it compares moments and not ages, the order does not depend on when it is asked for.
 */
export function compareHandoffs(a: QueuePlace, b: QueuePlace): number {
  return (
    Number(isEmergency(b)) - Number(isEmergency(a)) ||
    turnOf(a) - turnOf(b) ||
    riskRank(b.risk.level) - riskRank(a.risk.level) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}

function isEmergency({ risk }: QueuePlace): boolean {
  return risk.level === "emergency";
}

function turnOf({ risk: { level }, requestedAt }: QueuePlace): number {
  return level === "emergency" ? requestedAt : requestedAt - HEAD_START_MS[level];
}
