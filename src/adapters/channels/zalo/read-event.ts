import { type InboundContent, MAX_TEXT_LENGTH } from "../../../domain/conversation/message.ts";
import { parseChoice } from "../../../domain/dialogue/choice.ts";
import { Event } from "./wire.ts";

export interface Part {
  readonly id: string;
  readonly content: InboundContent;
}

export type Heard =
  | { readonly kind: "person"; readonly userId: string; readonly parts: readonly Part[] }
  /** The person took back their consent: everything we hold of them goes. */
  | { readonly kind: "withdrawn"; readonly userId: string }
  /** People without a Zalo sign-in to this account; answering them needs another endpoint. */
  | { readonly kind: "anonymous" }
  | { readonly kind: "nothing" }
  | { readonly kind: "unreadable" };

type Media = Extract<InboundContent, { kind: "unsupported" }>["media"];
const MEDIA: Readonly<Record<string, Media>> = {
  user_send_image: "image",
  user_send_gif: "image",
  user_send_audio: "audio",
  user_send_video: "video",
  user_send_sticker: "sticker",
  user_send_location: "location",
  user_send_business_card: "contact",
  user_send_file: "file",
};

/** Put before a button's value, which comes back as if the person had typed it. */
export const BUTTON_PREFIX = "#k:";
/** Reads a verified webhook body; never throws. */
export function readEvent(raw: unknown): Heard {
  const parsed = Event.safeParse(raw);
  if (!parsed.success) return { kind: "unreadable" };
  const { event_name: name, sender, follower, user_id, timestamp } = parsed.data;
  const userId = sender?.id ?? follower?.id ?? user_id;
  if (name.startsWith("anonymous_send_")) return { kind: "anonymous" };
  const isKnown = name.startsWith("user_send_") || name === "follow" || name === "user_withdraw";
  if (!isKnown) return { kind: "nothing" };
  if (userId === undefined) return { kind: "unreadable" };
  if (name === "user_withdraw") return { kind: "withdrawn", userId };
  if (name === "follow") {
    return {
      kind: "person",
      userId,
      parts: [{ id: `zalo:follow:${timestamp}`, content: { kind: "choice", value: "f:greeting" } }],
    };
  }
  return readMessage(userId, parsed.data);
}

function readMessage(userId: string, { event_name: name, message }: Event): Heard {
  if (message === undefined) return { kind: "unreadable" };
  const media = MEDIA[name];
  const words = readWords(message.text ?? "");
  const contents: InboundContent[] = [
    ...(media === undefined ? [] : [{ kind: "unsupported", media } as const]),
    ...(words === null ? [] : [words]),
  ];
  // A kind of message that did not exist when this was written still gets an answer.
  if (contents.length === 0) contents.push({ kind: "unsupported", media: "other" });
  const id = `zalo:${message.msg_id}`;
  return {
    kind: "person",
    userId,
    parts: contents.map((content, index) => ({ id: index === 0 ? id : `${id}.${index + 1}`, content })),
  };
}

function readWords(text: string): InboundContent | null {
  const typed = text.trim();
  const value = typed.startsWith(BUTTON_PREFIX) ? typed.slice(BUTTON_PREFIX.length) : "";
  // Only the shape of our own values; anything else is what a person wrote, and is read as such.
  if (parseChoice(value) !== null) return { kind: "choice", value };
  if (text.trim() === "") return null;
  return { kind: "text", text: text.toWellFormed().slice(0, MAX_TEXT_LENGTH) };
}
