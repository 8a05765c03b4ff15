import { openConversation } from "../domain/conversation/conversation.ts";
import { ConversationId } from "../domain/kernel/ids.ts";
import type { Clock, Conversations, Ids, Logger, Metrics, Stopper } from "./ports.ts";

const DAY_MS = 24 * 3600 * 1000;
const EVERY_MS = 3600 * 1000;

interface Deps {
  readonly store: Conversations;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/**
 * Removes conversations that nobody has written in for `days`, at the start and then every hour. Each time it proves
 * itself: a conversation that nobody ever had is put in, past its time, and must be gone afterwards.
 */
export function keepOnlyFor(days: number, deps: Deps): Stopper {
  const { store, clock, log, metrics } = deps;
  const purge = async () => {
    try {
      const before = clock.now() - days * DAY_MS;
      const canary = await plant(deps, before - 1);
      const removed = await store.expire(before);
      metrics.gauge("last_purge_timestamp_seconds", clock.now() / 1000);
      if (removed > 1) log.info("expired", { conversations: removed - 1 });
      if (await isGone(store, canary))
        metrics.gauge("last_purge_proof_timestamp_seconds", clock.now() / 1000);
      else log.error("purge-not-proven");
    } catch (cause) {
      log.error("expire-failed", { cause });
    }
  };
  void purge();
  const timer = setInterval(() => void purge(), EVERY_MS);
  timer.unref();
  return { stop: async () => clearInterval(timer) };
}

async function plant({ store, ids }: Deps, lastTurnAt: number): Promise<ConversationId> {
  const conversationId = ConversationId.parse(`canary-${ids.next()}`);
  const content = { kind: "text", text: "canary" } as const;
  const message = {
    ...{ conversationId, content, channel: "web" as const },
    ...{ channelMessageId: "canary-1", receivedAt: lastTurnAt },
  };
  const conversation = { ...openConversation(message), revision: 1, lastSeq: 1, lastTurnAt };
  await store.commit(
    {
      conversation,
      entries: [{ seq: 1, at: lastTurnAt, from: "person", said: content, channelMessageId: "canary-1" }],
      ...{ handoff: null, audit: [], erase: false },
    },
    { kind: "act", actId: "canary-1" },
  );
  return conversationId;
}

async function isGone(store: Conversations, id: ConversationId): Promise<boolean> {
  const [conversation, lines] = await Promise.all([
    store.load(id),
    store.transcript(id, { after: 0, limit: 1 }),
  ]);
  return conversation === null && lines.length === 0;
}
