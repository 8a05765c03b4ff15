import { z } from "zod";

/** JSON between the page of `npm run simulate` and the command: two phones on which nothing is real but our answers. */

export const PHONES = ["telegram", "zalo"] as const;
export type PhoneName = (typeof PHONES)[number];

/** What befalls a messenger until it is taken away. `twice`: each event is delivered two times. */
export const TROUBLES = ["none", "busy", "away", "slow", "twice"] as const;
/** What a person may send besides words. */
export const ATTACHMENTS = ["picture", "voice", "sticker"] as const;

export const PhoneLine = z.strictObject({
  /** Also the place in the talk. */
  id: z.number().int(),
  from: z.enum(["person", "bot"]),
  text: z.string(),
  attachment: z.enum(ATTACHMENTS).nullable(),
  buttons: z.array(z.string()),
  /** Address of a picture that the bot sent. */
  picture: z.string().nullable(),
});
export type PhoneLine = z.infer<typeof PhoneLine>;

export const Phone = z.strictObject({
  lines: z.array(PhoneLine),
  isTyping: z.boolean(),
  trouble: z.enum(TROUBLES),
  isBlocked: z.boolean(),
});
export type Phone = z.infer<typeof Phone>;

/** `GET /phones`. */
export const PhonesAnswer = z.strictObject({ telegram: Phone, zalo: Phone });
export type PhonesAnswer = z.infer<typeof PhonesAnswer>;

/** `POST /phones/:name`. */
export const PhoneAct = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("write"), text: z.string().trim().min(1).max(4000) }),
  /** Of one's own words; Telegram only. */
  z.strictObject({ kind: z.literal("edit"), id: z.number().int(), text: z.string().trim().min(1).max(4000) }),
  z.strictObject({ kind: z.literal("tap"), id: z.number().int(), button: z.number().int().nonnegative() }),
  z.strictObject({ kind: z.literal("attach"), attachment: z.enum(ATTACHMENTS) }),
  z.strictObject({ kind: z.literal("trouble"), trouble: z.enum(TROUBLES) }),
  z.strictObject({ kind: z.literal("block"), isBlocked: z.boolean() }),
]);
export type PhoneAct = z.infer<typeof PhoneAct>;
