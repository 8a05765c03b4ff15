import { z } from "zod";

export const FORMAT = "ke-ben-move";

/** The first line of a move file, readable without a key. It is bound into every frame. */
export const MoveHeader = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  id: z.string().min(8).max(64),
  at: z.number().int().nonnegative(),
  salt: z.string().min(40).max(64),
  /** What the file was encrypted with. */
  secret: z.enum(["store-key", "passphrase"]),
  /** Fingerprint of the store's key. */
  store: z.string().max(64),
});
export type MoveHeader = z.infer<typeof MoveHeader>;
