import { z } from "zod";
import type { Conversation } from "../conversation/conversation.ts";
import { ConversationId } from "../kernel/ids.ts";

/** What is stored for a return code: nothing from which the code or the talk could be had without the code itself. */
export const ReturnTicket = z.strictObject({
  /** Slow keyed hash of the code. */
  lookup: z.string().min(1),
  conversationId: ConversationId,
  /** When the conversation began; after "delete everything" it has begun anew, and the ticket is void. */
  openedAt: z.number().int().nonnegative(),
  /** The chat key, sealed under a key that only the code gives. */
  box: z.string().min(1),
  /** Milliseconds since 1970. */
  expiresAt: z.number().int().nonnegative(),
});
export type ReturnTicket = z.infer<typeof ReturnTicket>;

/** Whether a ticket still leads to the conversation for which it was made. */
export function isValidFor(ticket: ReturnTicket, conversation: Conversation | null, now: number): boolean {
  return conversation !== null && conversation.openedAt === ticket.openedAt && now < ticket.expiresAt;
}
