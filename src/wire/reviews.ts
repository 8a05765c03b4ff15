import { z } from "zod";

/** JSON of the console for reading again what the bot answered alone, under `/console/api`. */

/** `GET /reviews/next`: what one person wrote, without what tells who they are; null when nothing is left to read. */
export const ReviewAnswer = z.strictObject({
  talk: z
    .strictObject({
      id: z.string(),
      lines: z.array(z.strictObject({ at: z.number(), text: z.string() })),
    })
    .nullable(),
});
export type ReviewAnswer = z.infer<typeof ReviewAnswer>;

/** `POST /reviews/:id`. `level` null: left to somebody else. */
export const VerdictRequest = z.strictObject({
  level: z.enum(["none", "concern", "urgent", "emergency"]).nullable(),
});
/** `opened`: the person is in the queue now. */
export const VerdictAnswer = z.strictObject({ kind: z.enum(["kept", "opened"]) });
export type VerdictAnswer = z.infer<typeof VerdictAnswer>;

/** `GET /reviews/weeks`, for supervisors: the newest first. */
export const ReviewWeeksAnswer = z.strictObject({
  weeks: z.array(
    z.strictObject({
      name: z.string(),
      talks: z.number(),
      sampled: z.number(),
      judged: z.number(),
      missed: z.number(),
      missedNear: z.number(),
      caught: z.number(),
      /** Of all in danger, the share that was seen, with its 95 % interval. */
      estimate: z.strictObject({ recall: z.number(), low: z.number(), high: z.number() }).nullable(),
    }),
  ),
});
export type ReviewWeeksAnswer = z.infer<typeof ReviewWeeksAnswer>;
