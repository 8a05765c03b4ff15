import { z } from "zod";

/** What is read of Zalo's webhook bodies and answers. Names, avatars and attachment links are dropped here. */

// Ids and times come as strings beyond 2^53; some fields are numbers in older examples.
const Id = z.union([z.string().min(1).max(100), z.number().int().nonnegative().transform(String)]);
const Party = z.object({ id: Id }).optional().catch(undefined);

/** Read before the signature is checked, so nothing but what the check needs. */
export const Signed = z.object({
  timestamp: Id,
  oa_id: Id.optional().catch(undefined),
  recipient: Party,
});
export type Signed = z.infer<typeof Signed>;

export const Event = z.object({
  event_name: z.string().max(64),
  timestamp: Id,
  sender: Party,
  follower: Party,
  user_id: Id.optional().catch(undefined),
  message: z
    .object({ msg_id: Id, text: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type Event = z.infer<typeof Event>;

/** Every answer of the open API comes with HTTP 200; `error` says whether it worked. */
export const ApiAnswer = z.object({ error: z.coerce.number().int() });

export const UploadAnswer = z.object({
  error: z.literal(0),
  data: z.object({ attachment_id: z.string().min(1) }),
});

/** `expires_in` is a string. A refusal has `error` and no tokens. */
export const TokenAnswer = z.union([
  z.object({
    access_token: z.string().min(1),
    refresh_token: z.string().min(1),
    expires_in: z.coerce.number().positive().catch(90_000),
  }),
  z.object({ error: z.coerce.number().int() }),
]);
