import type { Api } from "grammy";
import { z } from "zod";
import type { Clock, Logger, Shelf } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { judgeError } from "./judge-error.ts";

/** Telegram lets a bot take back what is younger. */
const TAKEN_BACK_WITHIN_MS = 48 * 3600 * 1000;
/** One message that is a second too old would have Telegram refuse all of its call. */
const MARGIN_MS = 60_000;
const MOST_IN_A_CALL = 100;
/** More than a person reads in two days; the oldest are let go. */
const MOST_KEPT = 500;

const Kept = z.object({
  /** How often the person had everything deleted before these were sent. */
  erasures: z.number().int().nonnegative(),
  sent: z.array(z.object({ id: z.number().int(), at: z.number() })),
});
type Kept = z.infer<typeof Kept>;

export interface OwnMessages {
  /**
   * Takes back in the chat what we said before the person had everything deleted. Rejects when Telegram cannot be
   * reached: then nothing is said yet, and the next try begins here again.
   */
  takeBack(chat: Chat): Promise<void>;
  note(chat: Chat, messageId: number): Promise<void>;
}

export interface Chat {
  readonly id: ConversationId;
  readonly address: string;
  readonly erasures: number;
}

/** Remembers for 48 hours what we sent, by number only, so that "delete everything" reaches into the chat. */
export function createOwnMessages(deps: {
  readonly api: Pick<Api, "deleteMessages">;
  readonly shelf: Shelf;
  readonly clock: Clock;
  readonly log: Logger;
}): OwnMessages {
  const { api, shelf, clock, log } = deps;
  const nameOf = (id: ConversationId) => `telegram-sent-${id}`;

  async function read({ id, erasures }: Chat): Promise<Kept> {
    const kept = Kept.safeParse(await shelf.get(nameOf(id)));
    return kept.success ? kept.data : { erasures, sent: [] };
  }

  const write = ({ id }: Chat, kept: Kept) => shelf.put(nameOf(id), kept, TAKEN_BACK_WITHIN_MS);

  async function remove(address: string, ids: readonly number[]): Promise<void> {
    try {
      await api.deleteMessages(address, [...ids]);
    } catch (error) {
      const trouble = judgeError(error);
      if (trouble.kind !== "refused" && trouble.kind !== "blocked") throw error;
      // Messages that are gone are passed over; what is refused all the same will be the next time too.
      log.warn("telegram-not-taken-back", { code: trouble.code });
    }
  }

  return {
    async takeBack(chat) {
      const kept = await read(chat);
      if (kept.erasures >= chat.erasures) return;
      const since = clock.now() - TAKEN_BACK_WITHIN_MS + MARGIN_MS;
      const ids = kept.sent.filter(({ at }) => at > since).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += MOST_IN_A_CALL)
        await remove(chat.address, ids.slice(from, from + MOST_IN_A_CALL));
      await write(chat, { erasures: chat.erasures, sent: [] });
    },
    async note(chat, messageId) {
      const kept = await read(chat);
      const since = clock.now() - TAKEN_BACK_WITHIN_MS;
      const sent = [...kept.sent.filter(({ at }) => at > since), { id: messageId, at: clock.now() }];
      await write(chat, { ...kept, sent: sent.slice(-MOST_KEPT) });
    },
  };
}
