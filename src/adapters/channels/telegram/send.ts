import { type Api, InlineKeyboard } from "grammy";
import type {
  CardPictures,
  ChannelDriver,
  Clock,
  Conversations,
  Logger,
  OutboundMessage,
  SendResult,
  Shelf,
} from "../../../app/ports.ts";
import { renderPlain } from "../../../app/render-plain.ts";
import type { Button, CardLink } from "../../../domain/conversation/message.ts";
import { assertNever } from "../../../domain/kernel/assert-never.ts";
import type { Locale } from "../../../domain/taxonomy/speaker.ts";
import { createOwnMessages } from "./own-messages.ts";
import { judgeError } from "./judge-error.ts";
import { createCardSender } from "./send-card.ts";
import type { Pace } from "./pace.ts";
import { createShutOut } from "./shut-out.ts";

export interface SendDeps {
  readonly api: Api;
  readonly cards: CardPictures;
  readonly pace: Pace;
  readonly store: Pick<Conversations, "load"> & { readonly shelf: Shelf };
  readonly clock: Clock;
  readonly log: Logger;
}

const MAX_TEXT = 4096;
const MAX_CALLBACK_BYTES = 64;
/** An answer later than this would surprise more than it helps, and would hold up the person's newer ones. */
const GIVE_UP_AFTER_MS = 48 * 3600 * 1000;
const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MAX_MS = 60_000;
const TOKEN_PAUSE_MS = 60_000;
const MAX_UNFINISHED = 10_000;

interface Unfinished {
  readonly blocks: string[];
  card: CardLink | null;
}

/** Sends without any markup mode: no text, whatever is in it, can be refused for its markup. */
export function createTelegramDriver(deps: SendDeps): ChannelDriver {
  const { api, pace, store, clock, log } = deps;
  /** What is still to send of a message that was interrupted: a retry goes on where it stopped. */
  const unfinished = new Map<string, Unfinished>();
  const sendCard = createCardSender(deps);
  const ownMessages = createOwnMessages({ api, shelf: store.shelf, clock, log });
  const shutOut = createShutOut(clock);
  const outage = { step: 0, retryAt: 0 };

  function prepare({ entry }: OutboundMessage, locale: Locale): Unfinished {
    const blocks = renderPlain(entry, { limit: MAX_TEXT, locale, points: "numbered" });
    return { blocks, card: entry.speech.card ?? null };
  }

  async function sendBlocks(message: OutboundMessage & { readonly address: string }): Promise<void> {
    const { conversationId, address } = message;
    const conversation = await store.load(conversationId);
    const chat =
      conversation === null ? null : { id: conversationId, address, erasures: conversation.erasures };
    if (chat !== null) await ownMessages.takeBack(chat);
    // The words are with the person: a store that is away for a moment must not have them sent again.
    const note = async (sent: number | null) => {
      if (chat === null || sent === null) return;
      await ownMessages
        .note(chat, sent)
        .catch((cause: unknown) => log.warn("telegram-number-not-kept", { cause }));
    };
    const left = unfinished.get(message.id) ?? prepare(message, conversation?.locale ?? "vi");
    const { blocks } = left;
    const parts = blocks.length + (left.card === null ? 0 : 1);
    if (parts > 1 && unfinished.size < MAX_UNFINISHED) unfinished.set(message.id, left);
    if (left.card !== null) {
      await pace.turn(message.conversationId);
      const sent = await sendCard(address, left.card);
      left.card = null;
      await note(sent);
    }
    for (let block = blocks[0]; block !== undefined; block = blocks[0]) {
      await pace.turn(message.conversationId);
      const keyboard = blocks.length === 1 ? keyboardOf(message.entry.speech.buttons) : null;
      const { message_id: sent } = await api.sendMessage(address, block, {
        link_preview_options: { is_disabled: true },
        ...(keyboard === null ? {} : { reply_markup: keyboard }),
      });
      blocks.shift();
      await note(sent);
    }
  }

  async function resultOf(error: unknown): Promise<SendResult> {
    const trouble = judgeError(error);
    switch (trouble.kind) {
      case "flood":
        await pace.hold(trouble.retryAfterMs);
        return { kind: "later", retryAfterMs: trouble.retryAfterMs };
      case "token":
        // The words wait: a new token delivers them.
        if ((await pace.heldMs()) === 0) log.error("telegram-token-refused", { code: trouble.code });
        await pace.hold(TOKEN_PAUSE_MS);
        return { kind: "later", retryAfterMs: TOKEN_PAUSE_MS, because: "token" };
      case "blocked":
        return { kind: "refused", code: trouble.code, isBlocked: true };
      case "refused":
        return { kind: "refused", code: trouble.code };
      case "conflict":
      case "unreachable":
        return { kind: "later", retryAfterMs: backOff() };
      default:
        return assertNever(trouble);
    }
  }

  /** Many chats fail together when Telegram is away: that is one failure, and they come back together. */
  function backOff(): number {
    const now = clock.now();
    if (now >= outage.retryAt)
      outage.retryAt = now + Math.min(BACKOFF_FIRST_MS * 2 ** outage.step++, BACKOFF_MAX_MS);
    return outage.retryAt - now;
  }

  return {
    name: "telegram",
    async send(message) {
      const { address } = message;
      if (address === null) return { kind: "refused", code: "NO_ADDRESS" };
      if (clock.now() - message.entry.at > GIVE_UP_AFTER_MS) return { kind: "refused", code: "TOO_LATE" };
      if (shutOut.holds(message.conversationId, message.entry))
        return { kind: "refused", code: "TELEGRAM_403", isBlocked: true };
      const heldMs = await pace.heldMs();
      if (heldMs > 0) return { kind: "later", retryAfterMs: heldMs };
      let result: SendResult = { kind: "sent" };
      try {
        await sendBlocks({ ...message, address });
        outage.step = 0;
      } catch (error) {
        result = await resultOf(error);
      }
      if (result.kind === "refused" && result.isBlocked) shutOut.note(message.conversationId);
      if (result.kind !== "later") unfinished.delete(message.id);
      return result;
    },
  };
}

/** One button a row: labels stay readable on a narrow phone. A value too long for Telegram would sink the whole message. */
function keyboardOf(buttons: readonly Button[]): InlineKeyboard | null {
  const fitting = buttons.filter(({ value }) => Buffer.byteLength(value) <= MAX_CALLBACK_BYTES);
  if (fitting.length === 0) return null;
  return InlineKeyboard.from(fitting.map(({ label, value }) => [InlineKeyboard.text(label, value)]));
}
