import { z } from "zod";

/**
 * JSON frames between the widget and the server, over one WebSocket at `/chat/socket` or, where sockets are blocked,
 * over `POST /chat/poll`. The page imports only the types.
 */

export const CHAT_PROTOCOL = 1;

/** Made by the page from 16 random bytes (base64url) at the first message; whoever holds it holds the conversation. */
export const ChatKey = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);

const ClientMessageId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const WireLocale = z.enum(["vi", "en"]);

/** First frame on every connection. `after` is the highest transcript number the page has. */
export const Hello = z.strictObject({
  t: z.literal("hello"),
  v: z.literal(CHAT_PROTOCOL),
  key: ChatKey,
  after: z.number().int().nonnegative(),
  locale: WireLocale.optional(),
});
export type Hello = z.infer<typeof Hello>;

export const ClientFrame = z.discriminatedUnion("t", [
  Hello,
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
  /** The counsellor who has this talk sees it up to this number. */
  z.strictObject({ t: z.literal("seen"), seq: z.number().int().positive() }),
  /** Everything the server held is gone: the page clears itself, then shows what follows. */
  z.strictObject({ t: z.literal("erased") }),
  z.strictObject({
    t: z.literal("problem"),
    code: z.enum(["bad-frame", "too-long", "slow-down", "busy", "try-again"]),
    id: z.string().optional(),
  }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

/**
 * `POST /chat/poll`: one exchange of frames without a socket. `hello` stands for the connection; with `wait` the answer
 * comes when there is news, or after 25 s without any. 403 for a page of another origin, 429 for too many requests.
 */
export const PollRequest = z.strictObject({
  hello: Hello,
  frames: z.array(ClientFrame).max(20),
  wait: z.boolean(),
});
export type PollRequest = z.infer<typeof PollRequest>;

/** What a socket would have brought, in the same order; at least the welcome. */
export const PollAnswer = z.strictObject({ frames: z.array(ServerFrame) });
export type PollAnswer = z.infer<typeof PollAnswer>;

/**
 * `POST /chat/return`: a code of words with which a conversation is found again from another tab or device.
 *
 * `offer` makes one and stores nothing; `keep` stores what was offered, once the person has written it down; `enter`
 * gives the chat key that belongs to a code.
 */
export const ReturnRequest = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("offer"), key: ChatKey }),
  z.strictObject({
    act: z.literal("keep"),
    key: ChatKey,
    words: z.string().max(200),
    proof: z.string().max(200),
  }),
  z.strictObject({ act: z.literal("enter"), words: z.string().max(200) }),
]);
export type ReturnRequest = z.infer<typeof ReturnRequest>;

export const ReturnAnswer = z.discriminatedUnion("kind", [
  /** `proof` shows at `keep` that these words came from us. */
  z.strictObject({ kind: z.literal("offered"), words: z.array(z.string()), proof: z.string() }),
  z.strictObject({ kind: z.literal("kept"), until: z.number() }),
  z.strictObject({ kind: z.literal("found"), key: ChatKey }),
  /** `unknown`: no such code, one that has ended, or a conversation that is gone. Nobody learns which. */
  z.strictObject({ kind: z.literal("refused"), reason: z.enum(["unknown", "not-words", "nothing-to-keep"]) }),
  z.strictObject({ kind: z.literal("wait"), seconds: z.number() }),
]);
export type ReturnAnswer = z.infer<typeof ReturnAnswer>;
