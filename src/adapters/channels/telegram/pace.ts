import type { Clock } from "../../../app/ports.ts";

/** Telegram's limits: 30 messages a second for the bot, one a second in a chat (a short burst is tolerated). */
export interface Pace {
  /** Resolves when this chat may get one more message. */
  turn(chat: string): Promise<void>;
  /** Told by Telegram to be silent: nobody sends until then. */
  hold(ms: number): void;
  heldMs(): number;
}

const BOT_GAP_MS = 1000 / 30;
const CHAT_GAP_MS = 1000;
const CHAT_BURST = 3;
const MANY_CHATS = 10_000;

export function createPace(clock: Clock, wait: (ms: number) => Promise<unknown>): Pace {
  // When the next message would be due if all were sent evenly.
  let botDueAt = 0;
  let heldUntil = 0;
  const chatDueAt = new Map<string, number>();

  function reserveInChat(chat: string): number {
    const now = clock.now();
    if (chatDueAt.size > MANY_CHATS) {
      for (const [each, dueAt] of chatDueAt) if (dueAt <= now) chatDueAt.delete(each);
    }
    const dueAt = Math.max(chatDueAt.get(chat) ?? 0, now);
    chatDueAt.set(chat, dueAt + CHAT_GAP_MS);
    return dueAt - now - (CHAT_BURST - 1) * CHAT_GAP_MS;
  }

  function reserveForBot(): number {
    const now = clock.now();
    const dueAt = Math.max(botDueAt, now);
    botDueAt = dueAt + BOT_GAP_MS;
    return dueAt - now;
  }

  return {
    async turn(chat) {
      const inChat = reserveInChat(chat);
      if (inChat > 0) await wait(inChat);
      const forBot = reserveForBot();
      if (forBot > 0) await wait(forBot);
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock.now() + ms);
    },
    heldMs: () => Math.max(0, heldUntil - clock.now()),
  };
}
