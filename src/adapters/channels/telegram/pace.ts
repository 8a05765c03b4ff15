import type { Paces } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";

/** Telegram's limits: 30 messages a second for the bot, one a second in a chat (a short burst is tolerated). */
export interface Pace {
  /** Resolves when this chat may get one more message. */
  turn(chat: ConversationId): Promise<void>;
  /** Told by Telegram to be silent: nobody sends until then, in any of our processes. */
  hold(ms: number): Promise<void>;
  heldMs(): Promise<number>;
}

const BOT_GAP_MS = 1000 / 30;
const CHAT_GAP_MS = 1000;
const CHAT_BURST = 3;
const BOT = "telegram";

export function createPace(paces: Paces, wait: (ms: number) => Promise<unknown>): Pace {
  const reserved = async (line: string, gapMs: number, burst: number) => {
    const ms = await paces.reserve(line, gapMs, burst);
    if (ms > 0) await wait(ms);
  };
  return {
    async turn(chat) {
      await reserved(`${BOT}-${chat}`, CHAT_GAP_MS, CHAT_BURST);
      await reserved(BOT, BOT_GAP_MS, 1);
    },
    hold: (ms) => paces.hold(BOT, ms),
    heldMs: () => paces.heldFor(BOT),
  };
}
