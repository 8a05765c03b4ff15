import type { Bucket, Clock, RateLimits } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";

/** Telegram's limits, kept by all processes together: 30 messages a second, one a second in a chat. */
export interface Pace {
  /** Resolves when this chat may get one more message. Rejects with `TooEarly` when that is long off. */
  turn(chat: ConversationId): Promise<void>;
  /** Told by Telegram to be silent: nobody sends until then. */
  hold(ms: number): Promise<void>;
  /** As far as this process knows; another's hold is met at the next turn. */
  heldMs(): number;
}

/** Thrown instead of waiting long: the sender has other chats to serve. */
export class TooEarly extends Error {
  readonly afterMs: number;
  constructor(afterMs: number) {
    super("TELEGRAM_TOO_EARLY");
    this.afterMs = afterMs;
  }
}

interface PaceDeps {
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly wait: (ms: number) => Promise<unknown>;
}

const BOT: Bucket = { name: "telegram-bot", gapMs: 1000 / 30, burst: 1 };
/** Telegram tolerates a short burst: an answer of three parts comes at once. */
const chatOf = (id: ConversationId): Bucket => ({ name: `telegram-chat-${id}`, gapMs: 1000, burst: 3 });
const PATIENCE_MS = 5000;

export function createPace({ limits, clock, wait }: PaceDeps): Pace {
  let heldUntil = 0;

  async function reserve(bucket: Bucket): Promise<void> {
    const { isBooked, inMs } = await limits.book(bucket, PATIENCE_MS);
    if (!isBooked) {
      if (bucket === BOT) heldUntil = Math.max(heldUntil, clock.now() + inMs);
      throw new TooEarly(inMs);
    }
    if (inMs > 0) await wait(inMs);
  }

  return {
    async turn(chat) {
      await reserve(chatOf(chat));
      await reserve(BOT);
    },
    async hold(ms) {
      heldUntil = Math.max(heldUntil, clock.now() + ms);
      await limits.hold(BOT, ms);
    },
    heldMs: () => Math.max(0, heldUntil - clock.now()),
  };
}
