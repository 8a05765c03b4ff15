import type { Clock } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";

/** Chats in which the person blocked the bot. */
export interface ShutOut {
  note(chat: ConversationId): void;
  /** True for words that were said before it was known: they wait behind one another, and none would arrive. */
  holds(chat: ConversationId, words: { readonly at: number }): boolean;
}

const MANY = 10_000;

/**
 * Kept in memory, and only against the words that were waiting: whoever writes again has let us in again, and is
 * answered with words that are newer. Another process, or this one after a restart, asks Telegram once more.
 */
export function createShutOut(clock: Clock): ShutOut {
  const since = new Map<ConversationId, number>();
  return {
    note(chat) {
      if (since.size >= MANY) since.clear();
      since.set(chat, clock.now());
    },
    holds: (chat, { at }) => at <= (since.get(chat) ?? -1),
  };
}
