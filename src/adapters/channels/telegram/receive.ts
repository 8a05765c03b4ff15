import type { Api } from "grammy";
import type { Clock, Inbox, Logger, Metrics } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { type Heard, readUpdate } from "./read-update.ts";

export interface ReceiveDeps {
  readonly api: Api;
  readonly store: Pick<Inbox, "enqueue">;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly conversationIdOf: (chatId: string) => ConversationId;
}

/** `later`: nothing may be confirmed to Telegram yet, so that it delivers the update again. */
export type Receive = (update: unknown) => Promise<"taken" | "later">;

// Said once per group and start: this bot speaks with one person at a time, and keeps nothing of a group.
const GROUP_LINE =
  "Kề Bên chỉ trò chuyện riêng với từng người. Bạn bấm vào tên mình rồi nhắn riêng nhé. / " +
  "Kề Bên only talks one to one. Tap my name and write to me in private.";
const MANY_GROUPS = 1000;

/** The one way in, for polling and webhook alike: read, put into the inbox durably and once, done. */
export function createReceiver(deps: ReceiveDeps): Receive {
  const { api, store, clock, log, metrics } = deps;
  const toldGroups = new Set<number>();

  function answerTap(callbackId: string): void {
    // Only stops the spinner on the button; too late or twice does no harm.
    api.answerCallbackQuery(callbackId).catch(() => {});
  }

  function tellGroup(chatId: number): void {
    if (toldGroups.has(chatId) || toldGroups.size >= MANY_GROUPS) return;
    toldGroups.add(chatId);
    api.sendMessage(chatId, GROUP_LINE).catch(() => {});
  }

  async function takeParts({
    chatId,
    localeHint,
    parts,
  }: Extract<Heard, { kind: "person" }>): Promise<"taken" | "later"> {
    const address = String(chatId);
    const common = { conversationId: deps.conversationIdOf(address), channel: "telegram", address } as const;
    for (const { id, content } of parts) {
      const message = { ...common, channelMessageId: id, receivedAt: clock.now(), content };
      const result = await store.enqueue(localeHint === undefined ? message : { ...message, localeHint });
      if (result === "full") return "later";
      if (result === "duplicate") metrics.count("inbound_duplicates_total", { channel: "telegram" });
    }
    return "taken";
  }

  return async function receive(update) {
    const heard = readUpdate(update);
    if (heard.kind === "nothing") return "taken";
    if (heard.kind === "unreadable") {
      metrics.count("inbound_refused_total", { reason: "telegram-unreadable" });
      return "taken";
    }
    if (heard.kind === "group") {
      tellGroup(heard.chatId);
      return "taken";
    }
    if (heard.callbackId !== undefined) answerTap(heard.callbackId);
    try {
      return await takeParts(heard);
    } catch (cause) {
      log.error("telegram-enqueue-failed", { cause });
      return "later";
    }
  };
}
