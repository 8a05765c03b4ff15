import type { Clock, ReturnCodes } from "../../../app/ports.ts";
import { ReturnTicket } from "../../../domain/return-code/return-ticket.ts";
import type { KeyValue, Writer } from "./key-value.ts";
import { keys } from "./keys.ts";

/** A conversation points to its newest ticket, so that a new code ends the old one and erasing finds both rows. */
export function createReturnCodes(db: KeyValue, clock: Clock): ReturnCodes {
  return {
    keep: (ticket) =>
      db.transact((writer) => {
        removeTicket(writer, ticket.conversationId);
        writer.put(keys.ticket(ticket.lookup), ticket);
        writer.put(keys.ticketOf(ticket.conversationId), ticket.lookup);
      }),
    async find(lookup) {
      const row = db.get(keys.ticket(lookup));
      if (row === undefined) return null;
      const ticket = ReturnTicket.parse(row);
      const isNewest = db.get(keys.ticketOf(ticket.conversationId)) === lookup;
      return isNewest && clock.now() < ticket.expiresAt ? ticket : null;
    },
    forget: (id) => db.transact((writer) => removeTicket(writer, id)),
  };
}

export function removeTicket(writer: Writer, conversationId: string): void {
  const lookup = writer.get(keys.ticketOf(conversationId));
  if (typeof lookup !== "string") return;
  writer.remove(keys.ticket(lookup));
  writer.remove(keys.ticketOf(conversationId));
}
