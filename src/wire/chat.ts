import { z } from "zod";

/** JSON frames between the widget and the server, over one WebSocket at `/chat/socket`. The page imports only the types. */

export const CHAT_PROTOCOL = 1;

/** Made by the page from 16 random bytes (base64url) at the first message; whoever holds it holds the conversation. */
export const ChatKey = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);

const ClientMessageId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const WireLocale = z.enum(["vi", "en"]);

export const ClientFrame = z.discriminatedUnion("t", [
  /** First frame on every connection. `after` is the highest transcript number the page has. */
  z.strictObject({
    t: z.literal("hello"),
    v: z.literal(CHAT_PROTOCOL),
    key: ChatKey,
    after: z.number().int().nonnegative(),
    locale: WireLocale.optional(),
  }),
  /** `id` stays the same when the page sends again after a lost connection: the server takes it once. */
  z.strictObject({ t: z.literal("say"), id: ClientMessageId, text: z.string().max(200_000) }),
  z.strictObject({ t: z.literal("choose"), id: ClientMessageId, value: z.string().min(1).max(64) }),
  z.strictObject({ t: z.literal("typing") }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const WireButton = z.strictObject({ label: z.string(), value: z.string() });
export const WireHelpline = z.strictObject({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  note: z.string(),
});

/** One line of the transcript as a page shows it. */
export const WireEntry = z.strictObject({
  seq: z.number().int().positive(),
  at: z.number().int().nonnegative(),
  from: z.enum(["person", "bot", "counsellor"]),
  /** The page's own id of a message that it sent. */
  id: z.string().optional(),
  text: z.string(),
  points: z.array(z.string()).default([]),
  helplines: z.array(WireHelpline).default([]),
  buttons: z.array(WireButton).default([]),
  tone: z.enum(["plain", "emergency", "notice"]).default("plain"),
  /** Pages of this server with the same words as a picture and for printing. */
  card: z.strictObject({ title: z.string(), picture: z.string(), print: z.string() }).optional(),
});
export type WireEntry = z.infer<typeof WireEntry>;

export const ChatMode = z.enum(["bot", "waiting", "live", "closed"]);
export type ChatMode = z.infer<typeof ChatMode>;

export const ServerFrame = z.discriminatedUnion("t", [
  /** Answer to `hello`. `lastSeq` 0 means that nothing is known of this key yet (and nothing was stored). */
  z.strictObject({ t: z.literal("welcome"), lastSeq: z.number().int(), mode: ChatMode, locale: WireLocale }),
  z.strictObject({ t: z.literal("entries"), entries: z.array(WireEntry) }),
  /** The message is durable; the page may forget its unsent copy once the entry itself arrives. */
  z.strictObject({ t: z.literal("accepted"), id: z.string() }),
  z.strictObject({ t: z.literal("state"), mode: ChatMode, locale: WireLocale }),
  z.strictObject({ t: z.literal("typing"), from: z.enum(["bot", "counsellor"]) }),
  /** Everything the server held is gone: the page clears itself, then shows what follows. */
  z.strictObject({ t: z.literal("erased") }),
  z.strictObject({
    t: z.literal("problem"),
    code: z.enum(["bad-frame", "too-long", "slow-down", "busy", "try-again"]),
    id: z.string().optional(),
  }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
