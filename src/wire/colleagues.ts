import { z } from "zod";

/** `GET /console/api/colleagues`: everybody else of the house, by name. `isPresent`: their console is open now. */
export const ColleaguesAnswer = z.strictObject({
  colleagues: z.array(z.strictObject({ id: z.string(), name: z.string(), isPresent: z.boolean() })),
});
export type ColleaguesAnswer = z.infer<typeof ColleaguesAnswer>;
