import { z } from "zod";

/** The number that a channel gave to one message of ours: by it the channel lets us take the message back. */
export const SentMark = z.strictObject({
  message: z.number().int().positive(),
  /** Milliseconds since 1970. */
  at: z.number().int().nonnegative(),
  /** How often the person had had everything deleted when it was sent (`Conversation.erasures`). */
  erasures: z.number().int().nonnegative(),
});
export type SentMark = z.infer<typeof SentMark>;

/** Telegram lets a bot take its messages back for so long; afterwards the numbers are of no use. */
export const SENT_MARKS_KEPT_MS = 48 * 3600 * 1000;

/** Of one conversation; the oldest give way. Far more than two days of talk, and three calls to take back. */
export const SENT_MARKS_MAX = 300;
