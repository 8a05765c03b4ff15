import { z } from "zod";
import { ChannelName } from "../conversation/message.ts";
import { ConversationId, CounsellorId, HandoffId } from "../kernel/ids.ts";
import { riskRank } from "../taxonomy/risk.ts";
import { Audience, Locale } from "../taxonomy/speaker.ts";
import { RiskAssessment } from "../triage/assessment.ts";

export const HandoffStatus = z.enum(["waiting", "live", "resolved", "abandoned"]);
export type HandoffStatus = z.infer<typeof HandoffStatus>;

/** A case passed to people. Holds reasons and times, never what was said. */
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
});
export type Handoff = z.infer<typeof Handoff>;

/** Queue order: the highest level first, then who has waited longest. */
export function compareHandoffs(a: Handoff, b: Handoff): number {
  return (
    riskRank(b.risk.level) - riskRank(a.risk.level) || a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1)
  );
}
