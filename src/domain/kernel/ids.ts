import { z } from "zod";

/** Ids are opaque and made only by parsing at an edge or by the id generator of `app/ports.ts`. */
const id = z.string().min(1).max(128);

export const ConversationId = id.brand<"ConversationId">();
export type ConversationId = z.infer<typeof ConversationId>;

export const HandoffId = id.brand<"HandoffId">();
export type HandoffId = z.infer<typeof HandoffId>;

export const CounsellorId = id.brand<"CounsellorId">();
export type CounsellorId = z.infer<typeof CounsellorId>;
