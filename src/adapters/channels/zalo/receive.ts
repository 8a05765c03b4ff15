import type { AuditLog, Clock, Conversations, EventBus, Inbox, Logger, Metrics } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { type Heard, readEvent } from "./read-event.ts";

export interface ReceiveDeps {
  readonly store: Pick<Inbox, "enqueue"> &
    Pick<Conversations, "erase"> & { readonly audit: Pick<AuditLog, "append"> };
  readonly events: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly conversationIdOf: (userId: string) => ConversationId;
}

/** `later`: Zalo must bring the event again. */
export type Receive = (event: unknown) => Promise<"taken" | "later">;

export function createReceiver(deps: ReceiveDeps): Receive {
  const { store, events, clock, log, metrics } = deps;

  async function takeParts({
    userId,
    parts,
  }: Extract<Heard, { kind: "person" }>): Promise<"taken" | "later"> {
    const common = {
      conversationId: deps.conversationIdOf(userId),
      channel: "zalo",
      address: userId,
    } as const;
    for (const { id, content } of parts) {
      const result = await store.enqueue({
        ...common,
        channelMessageId: id,
        receivedAt: clock.now(),
        content,
      });
      if (result === "full") return "later";
      if (result === "duplicate") metrics.count("inbound_duplicates_total", { channel: "zalo" });
    }
    return "taken";
  }

  async function erase(userId: string): Promise<void> {
    const conversationId = deps.conversationIdOf(userId);
    await store.erase(conversationId);
    await store.audit.append([
      { at: clock.now(), act: "conversation-erased", by: "person", conversationId, detail: "withdrawn" },
    ]);
    // A case of theirs may have stood in the queue.
    events.publish({ kind: "queue" });
  }

  return async function receive(event) {
    const heard = readEvent(event);
    try {
      if (heard.kind === "person") return await takeParts(heard);
      if (heard.kind === "withdrawn") await erase(heard.userId);
    } catch (cause) {
      log.error("zalo-enqueue-failed", { cause });
      return "later";
    }
    // Not an error for Zalo, which would switch the webhook off; but not unseen either.
    if (heard.kind === "unreadable" || heard.kind === "anonymous") {
      metrics.count("inbound_refused_total", { reason: `zalo-${heard.kind}` });
    }
    return "taken";
  };
}
