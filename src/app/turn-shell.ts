import type { Conversation } from "../domain/conversation/conversation.ts";
import type { InboundMessage } from "../domain/conversation/message.ts";
import type { Outcome } from "../domain/conversation/outcome.ts";
import type { Handoff } from "../domain/handoff/handoff.ts";
import type { Outlook } from "../domain/staffing/outlook.ts";

export interface TurnRequest {
  readonly message: InboundMessage;
  readonly before: Conversation;
  readonly openHandoff: Handoff | null;
  readonly outlook: Outlook;
}

/**
 * Normalises, understands, triages and decides one message. It does no network or disk work and
 * changes nothing outside its answer, so a caller may ask again after a stale write.
 */
export interface TurnShell {
  takeTurn(request: TurnRequest): Promise<Outcome>;
}
