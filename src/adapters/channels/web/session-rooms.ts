import type { EventBus } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import type { ChatSession } from "./chat-session.ts";

/** Which sessions show which conversation, so that an event wakes those and no other. */
export interface SessionRooms {
  join(session: ChatSession): void;
  leave(session: ChatSession): void;
  close(): void;
}

export function createSessionRooms(events: EventBus): SessionRooms {
  const rooms = new Map<ConversationId, Set<ChatSession>>();
  const unsubscribe = events.subscribe((event) => {
    if (event.kind === "queue" || event.kind === "person-typing") return;
    for (const session of rooms.get(event.conversationId) ?? []) {
      if (event.kind === "transcript") session.wake();
      else if (event.kind === "counsellor-seen") session.counsellorSaw(event.seq);
      else session.counsellorTyping();
    }
  });
  return {
    join(session) {
      const id = session.conversationId;
      if (id === null) return;
      const members = rooms.get(id) ?? new Set();
      members.add(session);
      rooms.set(id, members);
    },
    leave(session) {
      const id = session.conversationId;
      if (id === null) return;
      const members = rooms.get(id);
      members?.delete(session);
      if (members?.size === 0) rooms.delete(id);
    },
    close: unsubscribe,
  };
}
