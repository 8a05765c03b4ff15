import { z } from "zod";
import { CaseEnding, CaseTag } from "./case-file.ts";
import { Me } from "./console.ts";

/** JSON of the console for supervisors, under `/console/api`. Numbers and names of the house; no word of anybody. */

const Level = z.enum(["none", "concern", "urgent", "emergency"]);

/** `GET /board`: how things stand now. */
export const BoardAnswer = z.strictObject({
  now: z.number(),
  /** Of each level, the highest first. `oldestAt`: when the longest of them asked; null with nobody waiting. */
  waiting: z.array(z.strictObject({ level: Level, count: z.number(), oldestAt: z.number().nullable() })),
  /** Who is there, or holds a case. */
  counsellors: z.array(
    Me.pick({ id: true, name: true, role: true }).extend({
      isPresent: z.boolean(),
      live: z.number(),
      /** An emergency counts double. */
      load: z.number(),
    }),
  ),
});
export type BoardAnswer = z.infer<typeof BoardAnswer>;

/** `GET /report?from=2026-11-01&until=2026-12-01`: days by the clock of Vietnam, `until` not included. `.csv` with small counts hidden. */
export const ReportAnswer = z.strictObject({
  levels: z.array(
    z.strictObject({
      level: Level,
      asked: z.number(),
      reached: z.number(),
      leftBefore: z.number(),
      pending: z.number(),
      firstReplyP50: z.number().nullable(),
      firstReplyP90: z.number().nullable(),
    }),
  ),
  endings: z.array(z.strictObject({ ending: CaseEnding.nullable(), count: z.number() })),
  tags: z.array(z.strictObject({ tag: CaseTag, count: z.number() })),
  /** Seven days from Monday, 24 hours each: mean cases in such an hour. */
  hourly: z.array(z.array(z.number())),
  /** Chats held at one time that such an hour needs. */
  seats: z.array(z.array(z.number())).nullable(),
});
export type ReportAnswer = z.infer<typeof ReportAnswer>;
