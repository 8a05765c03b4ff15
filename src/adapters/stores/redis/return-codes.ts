import type { ReturnCodes } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { ReturnTicket } from "../../../domain/return-code/return-ticket.ts";
import type { RedisParts } from "./deps.ts";
import { bonds } from "./keys.ts";
import { bytesOrNull } from "./reply.ts";

/**
 * A ticket is found by its lookup, so it cannot lie in the partition of its conversation. The conversation names its
 * newest ticket, and only that one counts: whatever a crash leaves behind between two writes leads nowhere.
 */
export function createReturnCodes({ link, keys, sealer, clock }: RedisParts): ReturnCodes {
  async function newestOf(id: ConversationId): Promise<string | null> {
    const key = keys.ticketOf(id);
    const sealed = bytesOrNull(await link.send(key, ["GET", key]));
    const lookup = sealed === null ? null : sealer.open(sealed, bonds.ticketOf(id));
    return typeof lookup === "string" ? lookup : null;
  }

  async function remove(lookup: string): Promise<void> {
    const key = keys.ticket(lookup);
    await link.send(key, ["DEL", key]);
  }

  return {
    async keep(ticket) {
      const { lookup, conversationId: id, expiresAt } = ticket;
      const keepMs = Math.max(1, expiresAt - clock.now());
      const before = await newestOf(id);
      const [own, pointer] = [keys.ticket(lookup), keys.ticketOf(id)];
      await link.send(own, ["SET", own, sealer.seal(ticket, bonds.ticket(lookup)), "PX", keepMs]);
      await link.send(pointer, ["SET", pointer, sealer.seal(lookup, bonds.ticketOf(id)), "PX", keepMs]);
      if (before !== null && before !== lookup) await remove(before);
    },
    async find(lookup) {
      const key = keys.ticket(lookup);
      const sealed = bytesOrNull(await link.send(key, ["GET", key]));
      if (sealed === null) return null;
      const ticket = ReturnTicket.parse(sealer.open(sealed, bonds.ticket(lookup)));
      const isNewest = (await newestOf(ticket.conversationId)) === lookup;
      return isNewest && clock.now() < ticket.expiresAt ? ticket : null;
    },
    async forget(id) {
      const lookup = await newestOf(id);
      if (lookup === null) return;
      await remove(lookup);
      const pointer = keys.ticketOf(id);
      await link.send(pointer, ["DEL", pointer]);
    },
  };
}
