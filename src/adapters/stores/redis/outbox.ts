import type { Outbox, OutboundMessage, SendResult, Stopper } from "../../../app/ports.ts";
import { z } from "zod";
import { ChannelName } from "../../../domain/conversation/message.ts";
import { readEntry } from "../../../domain/stored/read-entry.ts";
import { opened } from "./opened.ts";
import { ConversationId } from "../../../domain/kernel/ids.ts";
import type { RedisParts } from "./deps.ts";
import { ALL_PARTITIONS, bonds, partitionOf } from "./keys.ts";
import { bytesOrNull, field, list, number, text } from "./reply.ts";
import { COUNT_OUTBOX } from "./scripts/count-outbox.ts";
import { SETTLE } from "./scripts/settle.ts";
import { retryAfter, serveStream } from "./serve-stream.ts";

interface OutboxRow {
  readonly place: string;
  readonly id: ConversationId;
  readonly seq: number;
}

export interface RedisOutbox extends Outbox {
  look(partition: number): void;
  stop(): Promise<void>;
}

/** What cannot be read can never be said: it must not hold up the words behind it. */
async function deliver(
  message: OutboundMessage | "unreadable" | null,
  send: (message: OutboundMessage) => Promise<SendResult>,
): Promise<SendResult> {
  if (message === null) return { kind: "sent" };
  return message === "unreadable" ? { kind: "refused", code: "UNREADABLE" } : send(message);
}

/** All that a delivery needs of a conversation: it must reach the person whatever else of it is damaged. */
const WhereTo = z.looseObject({ channel: ChannelName, address: z.string().optional() });

export function createOutbox(parts: RedisParts): RedisOutbox {
  const { link, keys, sealer, clock } = parts;
  let service: (Stopper & { look(partition: number): void }) | null = null;

  /** Null when it was erased meanwhile: then there is nothing left to say. */
  async function load({ id, seq }: OutboxRow): Promise<OutboundMessage | "unreadable" | null> {
    const [conversationKey, talkKey] = [keys.conversation(id), keys.talk(id)];
    const [sealedConversation, sealedEntry] = await Promise.all([
      link.send(conversationKey, ["HGET", conversationKey, "v"]).then(bytesOrNull),
      link.send(talkKey, ["HGET", talkKey, seq]).then(bytesOrNull),
    ]);
    if (sealedConversation === null || sealedEntry === null) return null;
    const { channel, address = null } = WhereTo.parse(
      sealer.open(sealedConversation, bonds.conversation(id)),
    );
    const { entry, isWhole } = readEntry(opened(parts, sealedEntry, bonds.entry(id, seq)), seq);
    if (!isWhole) {
      parts.onDamage({ kind: "entry", id });
      return "unreadable";
    }
    const { speech } = entry;
    if (speech === undefined) return null;
    return { id: `${id}.${seq}`, conversationId: id, channel, address, entry: { ...entry, speech } };
  }

  async function settle({ place, id, seq }: OutboxRow, refusal: string | null): Promise<void> {
    const partition = partitionOf(id);
    const sealed =
      refusal === null ? "" : sealer.seal({ at: clock.now(), code: refusal }, bonds.dead(id, seq));
    const touched = [keys.stream(partition, "out"), keys.sends(id), keys.dead(partition)];
    await link.run(SETTLE, touched, [place, id, seq, sealed]);
  }

  return {
    drain(send) {
      /** Sent, but Redis did not hear of it yet: on the next attempt only that is made good. */
      const unsettled = new Map<string, SendResult>();
      service = serveStream<OutboxRow>(parts, {
        side: "out",
        read(row) {
          const id = ConversationId.parse(field(row, "c").toString());
          return { lane: id, job: { place: row.place, id, seq: Number(field(row, "s").toString()) } };
        },
        async run(row, { attempt, lease }) {
          const name = `${row.id}.${row.seq}`;
          try {
            const done = unsettled.get(name);
            const message = done === undefined ? await load(row) : null;
            // Reading took a moment: look again, since a send cannot be fenced.
            if (!lease.isHeld()) return { afterMs: retryAfter(0) };
            const result = done ?? (await deliver(message, send));
            if (result.kind === "later") return { afterMs: Math.max(result.retryAfterMs, 1) };
            unsettled.set(name, result);
            await settle(row, result.kind === "refused" ? result.code : null);
            unsettled.delete(name);
            return null;
          } catch {
            return { afterMs: retryAfter(attempt) };
          }
        },
      });
      return service;
    },

    async counts() {
      const rows = await Promise.all(
        ALL_PARTITIONS.map((partition) =>
          link.run(COUNT_OUTBOX, [keys.stream(partition, "out"), keys.dead(partition)], []).then(list),
        ),
      );
      const times = rows
        .map(([, , at]) => text(at))
        .filter((at) => at !== "")
        .map(Number);
      return {
        waiting: rows.reduce((sum, [waiting]) => sum + number(waiting), 0),
        dead: rows.reduce((sum, [, dead]) => sum + number(dead), 0),
        oldestAt: times.length === 0 ? null : Math.min(...times),
      };
    },

    look: (partition) => service?.look(partition),
    stop: async () => service?.stop(),
  };
}
