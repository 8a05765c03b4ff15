import { z } from "zod";

/** JSON of the console for editors, under `/console/api`. Lines come without names, numbers and addresses. */

const Line = z.strictObject({
  id: z.string(),
  at: z.number(),
  text: z.string(),
  locale: z.enum(["vi", "en"]),
  audience: z.enum(["teen", "parent", "unknown"]),
  decision: z
    .strictObject({ intent: z.string().nullable(), text: z.string(), byName: z.string().nullable() })
    .nullable(),
});

/** `GET /improvements`: the newest first. `.jsonl` has what was decided, a line each, for `npm run improve`. */
export const ImprovementsAnswer = z.strictObject({
  lines: z.array(Line),
  /** What a line can be an example of, by name in both languages. */
  topics: z.array(z.strictObject({ intent: z.string(), vi: z.string(), en: z.string() })),
});
export type ImprovementsAnswer = z.infer<typeof ImprovementsAnswer>;

/** `POST /improvements/:id`. `intent` null: nothing is to be learnt from it. */
export const DecisionRequest = z.strictObject({
  intent: z.string().max(64).nullable(),
  text: z.string().trim().min(1).max(400),
});
