import type { Outcome } from "../domain/conversation/outcome.ts";
import type { EventBus } from "./ports.ts";

/** Wakes the pages that show what a commit changed. */
export function publishOutcome(events: EventBus, outcome: Pick<Outcome, "conversation" | "handoff">): void {
  const { id, lastSeq } = outcome.conversation;
  events.publish({ kind: "transcript", conversationId: id, lastSeq });
  if (outcome.handoff !== null) events.publish({ kind: "queue" });
}
