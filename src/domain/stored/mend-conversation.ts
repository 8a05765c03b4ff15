import { z } from "zod";
import type { Conversation, ConversationMode } from "../conversation/conversation.ts";
import { ChannelName } from "../conversation/message.ts";
import { NO_WALK } from "../dialogue/walk.ts";
import type { Handoff } from "../handoff/handoff.ts";
import type { ConversationId } from "../kernel/ids.ts";
import { Audience, Locale } from "../taxonomy/speaker.ts";
import { NO_RISK, RiskAssessment } from "../triage/assessment.ts";
import { keepIfSound } from "./keep-if-sound.ts";

/** What is left of a conversation whose state cannot be read. */
export interface Remains {
  readonly id: ConversationId;
  /** The state as it was stored; null when not even its bytes could be opened. */
  readonly raw: unknown;
  /** What a write has to come after. */
  readonly revision: number;
  /** The highest number of the transcript, which is stored apart and still there. */
  readonly lastSeq: number;
  readonly openHandoff: Handoff | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * A fresh conversation in the place of one that cannot be read. It begins anew, but keeps what must not be lost where
 * it is sound: who it is with, the language, the held risk, and above all the open case, without which a waiting
 * person would stand in no queue. The next answer shows 111 (`isMended`).
 */
export function mendConversation({ id, raw, revision, lastSeq, openHandoff, now }: Remains): Conversation {
  const keep = keepIfSound(raw);
  const address = keep("address", z.string().nullable(), null);
  const time = z.number().int().nonnegative();
  return {
    schema: 1,
    id,
    channel: keep("channel", ChannelName, openHandoff?.channel ?? channelOf(id)),
    ...(address === null ? {} : { address }),
    revision: revision + 1,
    lastSeq,
    erasures: keep("erasures", time, 0),
    openedAt: keep("openedAt", time, now),
    lastTurnAt: Math.min(keep("lastTurnAt", time, now), now),
    locale: keep("locale", Locale, openHandoff?.locale ?? "vi"),
    localeChosen: keep("localeChosen", z.boolean(), false),
    audience: keep("audience", Audience, openHandoff?.audience ?? "unknown"),
    mode: modeOf(openHandoff),
    cursor: null,
    walk: NO_WALK,
    risk: keep("risk", RiskAssessment, openHandoff?.risk ?? NO_RISK),
    recent: [],
    unanswered: 0,
    declinedAt: null,
    openButtons: [],
    isCounsellorOffered: false,
    isMended: true,
  };
}

/** Ids begin with the first letter of their channel. */
function channelOf(id: ConversationId): ChannelName {
  return ChannelName.options.find((channel) => channel.startsWith(id.slice(0, 1))) ?? "web";
}

function modeOf(open: Handoff | null): ConversationMode {
  if (open?.status === "live" && open.counsellorId !== null)
    return { kind: "live", handoffId: open.id, counsellorId: open.counsellorId };
  return open?.status === "waiting" ? { kind: "waiting", handoffId: open.id } : { kind: "bot" };
}
