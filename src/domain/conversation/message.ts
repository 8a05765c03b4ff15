import { z } from "zod";
import { ConversationId } from "../kernel/ids.ts";
import { Locale } from "../taxonomy/speaker.ts";

export const CHANNELS = ["web", "telegram", "zalo"] as const;
export const ChannelName = z.enum(CHANNELS);
export type ChannelName = z.infer<typeof ChannelName>;

/** Channels whose page reads the transcript itself and catches up by number: nothing has to be pushed to them. */
export const PULLED_CHANNELS: ReadonlySet<ChannelName> = new Set(["web"]);

/** Longer texts are refused at the edge and stay with the person, who is told (UTF-16 units). */
export const MAX_TEXT_LENGTH = 10_000;

export const InboundContent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().max(MAX_TEXT_LENGTH) }),
  /** A button of ours was pressed; `value` is what the button carried. */
  z.strictObject({ kind: z.literal("choice"), value: z.string().min(1).max(64) }),
  /** A picture, voice note, sticker …: never fetched, only its kind is kept. */
  z.strictObject({
    kind: z.literal("unsupported"),
    media: z.enum(["image", "audio", "video", "file", "sticker", "location", "contact", "other"]),
  }),
]);
export type InboundContent = z.infer<typeof InboundContent>;

export const InboundMessage = z.strictObject({
  conversationId: ConversationId,
  channel: ChannelName,
  /** The channel's own id; a redelivered webhook or a resent frame repeats it. */
  channelMessageId: z.string().min(1).max(128),
  /** Milliseconds since 1970, our clock. */
  receivedAt: z.number().int().nonnegative(),
  content: InboundContent,
  /** Language set by the page around the widget, if it says one; the person's own words win. */
  localeHint: Locale.optional(),
  /** Where to answer when the conversation id is only a keyed hash (Telegram chat id, Zalo user id). Stored sealed. */
  address: z.string().max(128).optional(),
});
export type InboundMessage = z.infer<typeof InboundMessage>;

export const Button = z.strictObject({ label: z.string().min(1).max(80), value: z.string().min(1).max(64) });
export type Button = z.infer<typeof Button>;

export const HelplineCard = z.strictObject({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  note: z.string(),
});
export type HelplineCard = z.infer<typeof HelplineCard>;

/** A step that can be kept as a picture or printed, as it was said: to whom and in which language. */
export const CardLink = z.strictObject({
  flow: z.string(),
  step: z.string(),
  locale: Locale,
  voice: z.enum(["teen", "parent"]),
  title: z.string(),
});
export type CardLink = z.infer<typeof CardLink>;

/** What a person sees of one thing said to them; every channel renders the same parts its own way. */
export const Speech = z.strictObject({
  text: z.string(),
  /** Concrete things to do, shown as a numbered list. */
  points: z.array(z.string()).default([]),
  helplines: z.array(HelplineCard).default([]),
  buttons: z.array(Button).default([]),
  /** `emergency` makes the card stand out; `notice` is a line about the conversation itself. */
  tone: z.enum(["plain", "emergency", "notice"]).default("plain"),
  card: CardLink.optional(),
});
export type Speech = z.infer<typeof Speech>;

export const Speaker = z.enum(["person", "bot", "counsellor"]);
export type Speaker = z.infer<typeof Speaker>;

/** One line of the transcript. `seq` starts at 1 and has no gaps within a conversation. */
export const TranscriptEntry = z.strictObject({
  seq: z.number().int().positive(),
  at: z.number().int().nonnegative(),
  from: Speaker,
  /** What the person sent (when `from` is "person"). */
  said: InboundContent.optional(),
  /** The words of the button that was tapped, as they stood on it. */
  label: z.string().optional(),
  /** The id the channel gave the person's message, so that a page can match its own unsent copy. */
  channelMessageId: z.string().optional(),
  /** What was said to the person (when `from` is "bot" or "counsellor"). */
  speech: Speech.optional(),
});
export type TranscriptEntry = z.infer<typeof TranscriptEntry>;
