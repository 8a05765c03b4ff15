import { z } from "zod";

/** The little that is read of Telegram's updates. Everything else (names, pictures, phone numbers) is dropped here. */

// Odd extras must not make words unreadable: what is not needed to answer falls back to "not given".
const Chat = z.object({ id: z.number().int(), type: z.string() });
const Sender = z.object({
  id: z.number().int(),
  is_bot: z.boolean().optional(),
  language_code: z.string().max(35).optional().catch(undefined),
});

/** Only that a part is there: what it holds is never looked at. */
const present = z.unknown().optional();

export const MEDIA_FIELDS = {
  photo: "image",
  animation: "video",
  video: "video",
  video_note: "video",
  voice: "audio",
  audio: "audio",
  document: "file",
  sticker: "sticker",
  venue: "location",
  location: "location",
  contact: "contact",
  poll: "other",
  dice: "other",
  game: "other",
  story: "other",
  paid_media: "other",
  checklist: "other",
} as const;
export type MediaField = keyof typeof MEDIA_FIELDS;

const Message = z.object({
  chat: Chat,
  from: Sender.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().max(64).optional().catch(undefined),
  photo: present,
  animation: present,
  video: present,
  video_note: present,
  voice: present,
  audio: present,
  document: present,
  sticker: present,
  venue: present,
  location: present,
  contact: present,
  poll: present,
  dice: present,
  game: present,
  story: present,
  paid_media: present,
  checklist: present,
});
export type Message = z.infer<typeof Message>;

const CallbackQuery = z.object({
  id: z.string(),
  from: Sender,
  message: z.object({ chat: Chat }).optional(),
  data: z.string().optional(),
});
export type CallbackQuery = z.infer<typeof CallbackQuery>;

export const Update = z.object({
  update_id: z.number().int().nonnegative(),
  message: Message.optional(),
  /** Edited words are new words: danger may come in with an edit. */
  edited_message: Message.optional(),
  callback_query: CallbackQuery.optional(),
});
export type Update = z.infer<typeof Update>;

export const ALLOWED_UPDATES = ["message", "edited_message", "callback_query"] as const;
