import { z } from "zod";
import { READING_REASONS } from "./lists.ts";
import { CaseEnding, CaseFileView, FILE_ACTS } from "./case-file.ts";
import { ChatMode, WireEntry } from "./chat.ts";

/** JSON between the counsellor console and the server: REST under `/console/api`, wake-ups over `/console/socket`. */

/** Every request that changes something carries this header; a foreign page cannot set it. */
export const CONSOLE_HEADER = "x-ke-ben-console";

export const AccountName = z.string().trim().min(2).max(40);
export const Password = z.string().min(12).max(200);

/** Six digits of an authenticator app; blanks between them are let pass. */
export const OneTimeCode = z
  .string()
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/));

export const SetupRequest = z.strictObject({
  token: z.string().min(20).max(200),
  name: AccountName,
  password: Password,
});
export const SignInRequest = z.strictObject({
  name: AccountName,
  password: z.string().min(1).max(200),
  /** Six digits; only where the account has a second factor. */
  code: OneTimeCode.optional(),
});

export const Me = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(["counsellor", "editor", "supervisor"]),
  hasSecondFactor: z.boolean(),
  /** The house demands a second factor and this account has none: nothing else can be done before. */
  mustSetSecondFactor: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const CaseReason = z.strictObject({
  id: z.string(),
  level: z.string(),
  vi: z.string(),
  en: z.string(),
});

export const CaseSummary = z.strictObject({
  id: z.string(),
  conversationId: z.string(),
  channel: z.enum(["web", "telegram", "zalo"]),
  locale: z.enum(["vi", "en"]),
  audience: z.enum(["teen", "parent", "unknown"]),
  level: z.enum(["none", "concern", "urgent", "emergency"]),
  category: z.string(),
  cause: z.enum(["person", "risk"]),
  reasons: z.array(CaseReason),
  status: z.enum(["waiting", "live", "resolved", "abandoned"]),
  counsellorId: z.string().nullable(),
  counsellorName: z.string().nullable(),
  requestedAt: z.number(),
  claimedAt: z.number().nullable(),
  /** Shown to its sender, and while it stands to whoever is asked. */
  offer: z
    .strictObject({
      state: z.enum(["open", "refused", "timed-out"]),
      offeredAt: z.number(),
      endsAt: z.number(),
      /** Null when the whole group is asked. */
      toName: z.string().nullable(),
      /** Whether the reader of this answer may accept it. */
      isForMe: z.boolean(),
    })
    .nullable(),
});
export type CaseSummary = z.infer<typeof CaseSummary>;

/** `GET /console/api/queue`: waiting and live cases, in queue order. `now` is the server's clock. */
export const QueueAnswer = z.strictObject({
  now: z.number(),
  /** From this load on one is asked before one takes another case; 0: never. */
  capacity: z.number(),
  cases: z.array(CaseSummary),
  /** A trial of the alarm that nobody has answered yet. */
  drill: z.strictObject({ id: z.string(), at: z.number() }).nullable(),
  /** What is wrong with a messenger now. */
  incidents: z.array(
    z.strictObject({
      channel: z.enum(["telegram", "zalo"]),
      kind: z.enum(["sends-failing", "token-refused", "silent"]),
      since: z.number(),
    }),
  ),
});
export type QueueAnswer = z.infer<typeof QueueAnswer>;

/** A line of the talk, with the signs of danger in it and the words each one rests on. */
export const ConsoleEntry = WireEntry.extend({
  because: z.array(
    z.strictObject({ level: z.string(), vi: z.string(), en: z.string(), words: z.array(z.string()) }),
  ),
});
export type ConsoleEntry = z.infer<typeof ConsoleEntry>;

export const ReadingReason = z.enum(READING_REASONS);
export type ReadingReason = z.infer<typeof ReadingReason>;

/** `GET /console/api/cases/:id/transcript?after=N[&reason=]`: only for the counsellor who holds the case, or before the claim with an audit line. */
export const TranscriptAnswer = z.strictObject({
  mode: ChatMode,
  lastSeq: z.number(),
  entries: z.array(ConsoleEntry),
  /** Numbers of lines that the channel refused for good, of the last day. */
  undelivered: z.array(z.number().int()),
  file: CaseFileView,
});
export type TranscriptAnswer = z.infer<typeof TranscriptAnswer>;

/** `POST /console/api/cases/:id/act`. `actId` stays the same when the page tries again: it happens once. */
export const ActRequest = z.strictObject({
  actId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  act: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("claim") }),
    z.strictObject({ kind: z.literal("say"), text: z.string().trim().min(1).max(4000) }),
    z.strictObject({ kind: z.literal("release") }),
    z.strictObject({ kind: z.literal("resolve"), ending: CaseEnding.optional() }),
    ...FILE_ACTS,
    /** `to`: a colleague's id; null asks the whole group. */
    z.strictObject({ kind: z.literal("offer"), to: z.string().min(1).max(128).nullable() }),
    z.strictObject({ kind: z.literal("withdraw") }),
    z.strictObject({ kind: z.literal("accept"), offeredAt: z.number().int().nonnegative() }),
    z.strictObject({ kind: z.literal("decline"), offeredAt: z.number().int().nonnegative() }),
    /** Supervisors only: a case that somebody holds goes to a colleague whose console is open, or to oneself. */
    z.strictObject({ kind: z.literal("assign"), to: z.string().min(1).max(128) }),
    /** Supervisors only: it goes back to the queue. */
    z.strictObject({ kind: z.literal("put-back") }),
  ]),
});
export type ActRequest = z.infer<typeof ActRequest>;

/** 200 done; 409 with `reason` when the case is not (or no longer) theirs. */
export const ActAnswer = z.union([
  z.strictObject({ kind: z.literal("done") }),
  z.strictObject({
    kind: z.literal("refused"),
    reason: z.enum(["already-claimed", "not-yours", "gone", "no-offer", "full"]),
  }),
]);
export type ActAnswer = z.infer<typeof ActAnswer>;

/** `GET /console/api/snippets?locale=&audience=`: ready sentences for one person, in the order of the file. */
export const SnippetQuery = CaseSummary.pick({ locale: true, audience: true });
export const ReadySentence = z.strictObject({
  id: z.string(),
  group: z.string(),
  /** Of the group. */
  title: z.strictObject({ vi: z.string(), en: z.string() }),
  text: z.string(),
});
export type ReadySentence = z.infer<typeof ReadySentence>;
export const SnippetsAnswer = z.strictObject({ snippets: z.array(ReadySentence) });
export type SnippetsAnswer = z.infer<typeof SnippetsAnswer>;

/** Every error of the HTTP side has this shape; `message` is for people and names the field, never its content. */
export const Problem = z.strictObject({ code: z.string(), message: z.string() });
export type Problem = z.infer<typeof Problem>;

/** Wake-ups: the page fetches again from the number that it has. */
export const ConsoleEvent = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("queue") }),
  z.strictObject({ t: z.literal("transcript"), conversationId: z.string(), lastSeq: z.number() }),
  z.strictObject({ t: z.literal("person-typing"), conversationId: z.string() }),
]);
export type ConsoleEvent = z.infer<typeof ConsoleEvent>;

/** What the page may send over the socket. */
export const ConsoleFrame = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("typing"), conversationId: z.string().max(128) }),
  /** This talk stands on a screen that is being looked at, up to this number. Taken from its counsellor only. */
  z.strictObject({
    t: z.literal("seen"),
    conversationId: z.string().max(128),
    seq: z.number().int().positive(),
  }),
]);
export type ConsoleFrame = z.infer<typeof ConsoleFrame>;
