import { z } from "zod";
import { FlowCursor, NO_WALK, Walk } from "../dialogue/walk.ts";
import { ConversationId, CounsellorId, HandoffId } from "../kernel/ids.ts";
import { Audience, Locale } from "../taxonomy/speaker.ts";
import { NO_RISK, RiskAssessment } from "../triage/assessment.ts";
import { RecentMessage } from "../triage/together.ts";
import { ChannelName, type InboundMessage } from "./message.ts";

/** Who answers. While `waiting` the bot still answers; once `live` only the counsellor speaks. */
export const ConversationMode = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bot") }),
  z.strictObject({ kind: z.literal("waiting"), handoffId: HandoffId }),
  z.strictObject({ kind: z.literal("live"), handoffId: HandoffId, counsellorId: CounsellorId }),
  z.strictObject({ kind: z.literal("closed") }),
]);
export type ConversationMode = z.infer<typeof ConversationMode>;

export const Conversation = z.strictObject({
  schema: z.literal(1),
  id: ConversationId,
  channel: ChannelName,
  address: z.string().optional(),
  /** Counts commits; a write with an old revision is refused. */
  revision: z.number().int().nonnegative(),
  /** The highest transcript number given out. */
  lastSeq: z.number().int().nonnegative(),
  /** Counts how often the person had everything deleted: pages that show an older one clear themselves. */
  erasures: z.number().int().nonnegative(),
  openedAt: z.number().int().nonnegative(),
  lastTurnAt: z.number().int().nonnegative(),
  locale: Locale,
  /** True once the person chose a language themself; then their typing no longer changes it. */
  localeChosen: z.boolean(),
  audience: Audience,
  mode: ConversationMode,
  cursor: FlowCursor.nullable(),
  walk: Walk.default(NO_WALK),
  risk: RiskAssessment,
  /** What the person last wrote: triage reads short messages together. */
  recent: z.array(RecentMessage).default([]),
  /** How many of the person's last messages are answered together with their next one. */
  unanswered: z.number().int().nonnegative().default(0),
  /** The risk level at which the person said no to a counsellor; asked again only when it rises. */
  declinedAt: z.enum(["none", "concern", "urgent", "emergency"]).nullable(),
  /** Buttons that may be meant by "1", "2" or their own words in the next message. */
  openButtons: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  /** True while the last thing asked was "shall I call a counsellor?": only then is a bare yes or no an answer to it. */
  isCounsellorOffered: z.boolean(),
  /** The stored state could not be read and was begun anew: the next answer shows 111. */
  isMended: z.literal(true).optional(),
});
export type Conversation = z.infer<typeof Conversation>;

export function openConversation(first: InboundMessage): Conversation {
  return {
    schema: 1,
    id: first.conversationId,
    channel: first.channel,
    ...(first.address === undefined ? {} : { address: first.address }),
    revision: 0,
    lastSeq: 0,
    erasures: 0,
    openedAt: first.receivedAt,
    lastTurnAt: first.receivedAt,
    locale: first.localeHint ?? "vi",
    localeChosen: false,
    audience: "unknown",
    mode: { kind: "bot" },
    cursor: null,
    walk: NO_WALK,
    risk: NO_RISK,
    recent: [],
    unanswered: 0,
    declinedAt: null,
    openButtons: [],
    isCounsellorOffered: false,
  };
}
