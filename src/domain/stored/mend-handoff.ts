import { z } from "zod";
import { ChannelName } from "../conversation/message.ts";
import { CaseEnding, CaseFile, EMPTY_FILE } from "../handoff/case-file.ts";
import { Handoff } from "../handoff/handoff.ts";
import { ConversationId, CounsellorId, type HandoffId } from "../kernel/ids.ts";
import { Audience, Locale } from "../taxonomy/speaker.ts";
import { RiskAssessment } from "../triage/assessment.ts";
import { keepIfSound } from "./keep-if-sound.ts";

/**
 * A case in the place of an open one that cannot be read, so that the person keeps a place in the queue; null when
 * not even whose case it is can be told (`of`: what an index says of that). What cannot be read counts as urgent: nobody waits longer for our fault.
 */
export function mendHandoff(
  raw: unknown,
  { id, of, now }: { readonly id: HandoffId; readonly of: string | null; readonly now: number },
): Handoff | null {
  const keep = keepIfSound(raw);
  const { conversationId: said } = (raw ?? {}) as { conversationId?: unknown };
  const conversationId = ConversationId.safeParse(said).data ?? ConversationId.safeParse(of).data;
  if (conversationId === undefined) return null;
  const counsellorId = keep("counsellorId", CounsellorId.nullable(), null);
  const status = keep("status", Handoff.shape.status, counsellorId === null ? "waiting" : "live");
  const time = z.number().int().nonnegative();
  const isLive = status === "live" && counsellorId !== null;
  return {
    schema: 1,
    id,
    conversationId,
    channel: keep("channel", ChannelName, "web"),
    locale: keep("locale", Locale, "vi"),
    audience: keep("audience", Audience, "unknown"),
    risk: keep("risk", RiskAssessment, { level: "urgent", category: "none", signals: [] }),
    cause: keep("cause", Handoff.shape.cause, "risk"),
    status: status === "live" && !isLive ? "waiting" : status,
    counsellorId: isLive || status === "resolved" ? counsellorId : null,
    requestedAt: keep("requestedAt", time, now),
    claimedAt: keep("claimedAt", time.nullable(), isLive ? now : null),
    endedAt: keep("endedAt", time.nullable(), null),
    firstReplyAt: keep("firstReplyAt", Handoff.shape.firstReplyAt, null),
    file: keep("file", CaseFile, EMPTY_FILE),
    ending: keep("ending", CaseEnding.nullable(), null),
    transfer: isLive ? keep("transfer", Handoff.shape.transfer, null) : null,
  };
}
