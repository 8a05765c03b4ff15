import { type InboundContent, MAX_TEXT_LENGTH } from "../../../domain/conversation/message.ts";
import type { Locale } from "../../../domain/taxonomy/speaker.ts";
import { readCommand } from "./commands.ts";
import { type CallbackQuery, MEDIA_FIELDS, type MediaField, type Message, Update } from "./wire.ts";

/** One thing a person sent, with the id that a redelivery repeats. */
export interface Part {
  readonly id: string;
  readonly content: InboundContent;
}

export type Heard =
  | {
      readonly kind: "person";
      readonly chatId: number;
      readonly localeHint: Locale | undefined;
      /** A tap waits for an answer within seconds. */
      readonly callbackId: string | undefined;
      readonly parts: readonly Part[];
    }
  | { readonly kind: "group"; readonly chatId: number }
  | { readonly kind: "nothing" }
  | { readonly kind: "unreadable" };

/** Reads what Telegram sent; never throws. One update may hold two things: a picture and the words under it. */
export function readUpdate(raw: unknown): Heard {
  const parsed = Update.safeParse(raw);
  if (!parsed.success) return { kind: "unreadable" };
  const { update_id: id, callback_query: tap } = parsed.data;
  if (tap !== undefined) return readTap(`tg:${id}`, tap);
  const { message, edited_message: edited } = parsed.data;
  if (message !== undefined) return readMessage(`tg:${id}`, message, readMedia(message));
  // A shared place is "edited" every few seconds while someone walks: of an edit only the words count.
  return edited === undefined ? { kind: "nothing" } : readMessage(`tg:${id}`, edited, []);
}

function readTap(id: string, tap: CallbackQuery): Heard {
  const { data = "", message } = tap;
  if (message === undefined || data === "" || data.length > 64) return { kind: "nothing" };
  if (message.chat.type !== "private") return { kind: "nothing" };
  return person(message.chat.id, tap.from.language_code, {
    callbackId: tap.id,
    parts: [{ id, content: { kind: "choice", value: data } }],
  });
}

function readMessage(id: string, message: Message, media: readonly InboundContent[]): Heard {
  const { chat, from } = message;
  if (chat.type !== "private")
    return chat.type === "channel" ? { kind: "nothing" } : { kind: "group", chatId: chat.id };
  if (from?.is_bot === true) return { kind: "nothing" };
  const contents = [...media, ...readWords(message.text ?? message.caption ?? "")];
  if (contents.length === 0) return { kind: "nothing" };
  const album = message.media_group_id;
  const parts = contents.map((content, index): Part => {
    // Ten pictures sent together come as ten updates; they are one message and get one line.
    if (content.kind === "unsupported" && album !== undefined) return { id: `tg:album:${album}`, content };
    return { id: index === 0 || album !== undefined ? id : `${id}.${index + 1}`, content };
  });
  return person(chat.id, from?.language_code, { callbackId: undefined, parts });
}

function readWords(text: string): InboundContent[] {
  const command = readCommand(text);
  const rest = command === null ? text : command.rest;
  const words: InboundContent[] =
    rest.trim() === "" ? [] : [{ kind: "text", text: rest.toWellFormed().slice(0, MAX_TEXT_LENGTH) }];
  return command === null ? words : [{ kind: "choice", value: command.choice }, ...words];
}

function readMedia(message: Message): InboundContent[] {
  const fields = Object.keys(MEDIA_FIELDS) as MediaField[];
  const found = fields.find((field) => message[field] !== undefined && message[field] !== null);
  return found === undefined ? [] : [{ kind: "unsupported", media: MEDIA_FIELDS[found] }];
}

function person(
  chatId: number,
  languageCode: string | undefined,
  heard: { callbackId: string | undefined; parts: readonly Part[] },
): Heard {
  const language = languageCode?.slice(0, 2).toLowerCase();
  const localeHint = language === "vi" || language === "en" ? language : undefined;
  return { kind: "person", chatId, localeHint, ...heard };
}
