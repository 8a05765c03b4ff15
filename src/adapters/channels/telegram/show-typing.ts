import type { Api } from "grammy";
import type { Clock, Conversations, EventBus } from "../../../app/ports.ts";

// Telegram shows "typing" for five seconds after each call.
const EVERY_MS = 4500;
const MANY = 1000;

/** Lets a person see that a counsellor is writing. Never more than a hint: every failure is ignored. */
export function showTyping(
  api: Api,
  deps: { store: Pick<Conversations, "load">; events: EventBus; clock: Clock },
): () => void {
  const shownAt = new Map<string, number>();
  return deps.events.subscribe((event) => {
    if (event.kind !== "counsellor-typing") return;
    const now = deps.clock.now();
    if (now - (shownAt.get(event.conversationId) ?? 0) < EVERY_MS) return;
    if (shownAt.size >= MANY) shownAt.clear();
    shownAt.set(event.conversationId, now);
    void (async () => {
      const conversation = await deps.store.load(event.conversationId);
      if (conversation?.channel !== "telegram" || conversation.address === undefined) return;
      await api.sendChatAction(conversation.address, "typing");
    })().catch(() => {});
  });
}
