import type { Inbox, Stopper } from "../../../app/ports.ts";
import { InboundMessage } from "../../../domain/conversation/message.ts";
import { AppError } from "../../../app/errors.ts";
import { parseKeepingUnknown } from "../../../domain/stored/parse-keeping-unknown.ts";
import { DEDUPE_WINDOW_MS, type RedisParts } from "./deps.ts";
import { bonds, PARTITIONS, partitionOf, tame } from "./keys.ts";
import { opened } from "./opened.ts";
import { field, text } from "./reply.ts";
import { DROP } from "./scripts/drop.ts";
import { ENQUEUE } from "./scripts/enqueue.ts";
import { retryAfter, serveStream } from "./serve-stream.ts";

export interface RedisInbox extends Inbox {
  /** The lease under which this process is taking the message now, or "" when it is not. */
  tokenOf(message: InboundMessage): string;
  stop(): Promise<void>;
}

const nameOf = ({ conversationId, channelMessageId }: InboundMessage) =>
  `${conversationId}/${tame(channelMessageId)}`;

export function createInbox(parts: RedisParts): RedisInbox {
  const { link, keys, sealer, clock } = parts;
  // Counted per partition, since no script may look at all of them. A small limit still leaves room for one.
  const limit = Math.max(1, Math.ceil(parts.inboxLimit / PARTITIONS));
  const taking = new Map<string, string>();
  let service: (Stopper & { look(partition: number): void }) | null = null;

  return {
    async enqueue(message) {
      const { conversationId: id } = message;
      const partition = partitionOf(id);
      const name = tame(message.channelMessageId);
      const sealed = sealer.seal(message, bonds.inbox(id, name));
      const result = text(
        await link.runSafely(
          ENQUEUE,
          [keys.seen(id), keys.stream(partition, "in"), keys.until(partition), keys.wake(partition)],
          [id, name, sealed, clock.now() + DEDUPE_WINDOW_MS, limit],
        ),
      );
      if (result === "full" || result === "duplicate") return result;
      service?.look(partition);
      return "new";
    },

    consume(take) {
      service = serveStream<InboundMessage>(parts, {
        side: "in",
        read(row) {
          const lane = field(row, "c").toString();
          const bond = bonds.inbox(lane, field(row, "m").toString());
          const read = parseKeepingUnknown(InboundMessage, opened(parts, field(row, "v"), bond));
          if (read.success) return { lane, job: read.data };
          parts.onDamage({ kind: "message", id: row.place });
          throw new AppError("STORE_UNREADABLE", { detail: "a waiting message" });
        },
        async run(message, { attempt, lease, next }) {
          const name = nameOf(message);
          taking.set(name, lease.token);
          try {
            const notYet = await take(message, { next: () => next() ?? null });
            return notYet ? { afterMs: notYet.afterMs, isWish: true } : null;
          } catch {
            return { afterMs: retryAfter(attempt) };
          } finally {
            if (taking.get(name) === lease.token) taking.delete(name);
          }
        },
      });
      return service;
    },

    async drop(message) {
      const { conversationId: id } = message;
      const partition = partitionOf(id);
      const args = [id, tame(message.channelMessageId), clock.now() + DEDUPE_WINDOW_MS];
      await link.run(DROP, [keys.seen(id), keys.stream(partition, "in"), keys.until(partition)], args);
    },

    tokenOf: (message) => taking.get(nameOf(message)) ?? "",
    stop: async () => service?.stop(),
  };
}
