import { AppError } from "../../../app/errors.ts";
import type { Cause, Conversations, ReturnCodes } from "../../../app/ports.ts";
import { PULLED_CHANNELS } from "../../../domain/conversation/message.ts";
import type { Outcome } from "../../../domain/conversation/outcome.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { readEntry } from "../../../domain/stored/read-entry.ts";
import { sealEvent } from "./audit-log.ts";
import type { Arg } from "./connection.ts";
import { DEDUPE_WINDOW_MS, type RedisParts } from "./deps.ts";
import type { RedisInbox } from "./inbox.ts";
import { bonds, partitionOf, tame } from "./keys.ts";
import type { RedisOutbox } from "./outbox.ts";
import { number, pairs, text } from "./reply.ts";
import { expireConversations } from "./expire.ts";
import { opened } from "./opened.ts";
import { createStateReader } from "./read-state.ts";
import { COMMIT } from "./scripts/commit.ts";
import { ERASE } from "./scripts/erase.ts";
import { READ_TALK } from "./scripts/read-talk.ts";

export function createConversations(
  parts: RedisParts,
  boxes: { inbox: RedisInbox; outbox: RedisOutbox; returnCodes: ReturnCodes },
): Conversations {
  const { link, keys, sealer, clock } = parts;

  const state = createStateReader(parts);

  const sealEntries = ({ conversation, entries }: Outcome): (Arg | number)[] =>
    entries.flatMap((entry) => {
      const isDelivered = entry.speech !== undefined && !PULLED_CHANNELS.has(conversation.channel);
      return [
        entry.seq,
        sealer.seal(entry, bonds.entry(conversation.id, entry.seq)),
        isDelivered ? entry.at : "",
      ];
    });

  const sealCase = ({ handoff }: Outcome): Arg[] => {
    if (handoff === null) return ["", "", ""];
    const isOpen = handoff.status === "waiting" || handoff.status === "live";
    return [handoff.id, sealer.seal(handoff, bonds.handoff(handoff.id)), isOpen ? "1" : "0"];
  };

  function commitArgs(outcome: Outcome, cause: Cause): (Arg | number)[] {
    const { conversation, entries, audit, erase } = outcome;
    const { id, revision, lastTurnAt } = conversation;
    const causeId = cause.kind === "inbound" ? cause.message.channelMessageId : cause.actId;
    return [
      cause.kind === "inbound" ? boxes.inbox.tokenOf(cause.message) : "",
      ...[id, tame(causeId), clock.now() + DEDUPE_WINDOW_MS],
      ...[revision, lastTurnAt, sealer.seal(conversation, bonds.conversation(id))],
      erase ? "1" : "0",
      ...sealCase(outcome),
      ...[entries.length, ...sealEntries(outcome)],
      ...[audit.length, ...audit.flatMap((event) => [event.at, sealEvent(sealer, event)])],
    ];
  }

  function touchedBy(id: ConversationId) {
    const partition = partitionOf(id);
    return {
      own: [keys.conversation(id), keys.talk(id), keys.seen(id), keys.sends(id), keys.casesOf(id)],
      streams: [keys.stream(partition, "in"), keys.stream(partition, "out"), keys.lastTurn(partition)],
      until: keys.until(partition),
      cases: [keys.cases(partition), keys.openCases(partition), keys.dead(partition)],
      rest: [keys.audit(partition), keys.lease(partition, "in"), keys.wake(partition)],
      aside: keys.aside(id),
    };
  }

  async function eraseIf(id: ConversationId, olderThan: number | null): Promise<boolean> {
    const { own, streams, cases, aside } = touchedBy(id);
    const isErased =
      number(await link.run(ERASE, [...own, ...streams, ...cases, aside], [id, olderThan ?? ""])) === 1;
    if (isErased) await letGo(id);
    return isErased;
  }

  /** What lies outside the conversation's partition. A ticket left behind leads nowhere: its conversation is gone. */
  async function letGo(id: ConversationId): Promise<void> {
    await boxes.returnCodes.forget(id).catch((cause: unknown) => parts.onTrouble("ticket-left", cause));
    parts.onErased();
  }

  return {
    load: (id) => state.conversation(id),

    async commit(outcome, cause) {
      const { id } = outcome.conversation;
      const { own, streams, until, cases, rest, aside } = touchedBy(id);
      const result = text(
        await link.runSafely(
          COMMIT,
          [...own, ...streams, until, ...cases, ...rest, aside],
          commitArgs(outcome, cause),
        ),
      );
      if (result === "committed") {
        boxes.outbox.look(partitionOf(id));
        if (outcome.erase) await letGo(id);
        return "committed";
      }
      if (result === "duplicate" || result === "stale") return result;
      // The process that holds the lease now takes the message; to go on here could only disturb it.
      throw new AppError("STORE_UNREADABLE", { detail: "the lease was lost while the turn was taken" });
    },

    async transcript(id, { after, limit }) {
      const found = pairs(await link.run(READ_TALK, [keys.conversation(id), keys.talk(id)], [after, limit]));
      return found.map(([number, sealed]) => {
        const seq = Number(text(number));
        const { entry, isWhole } = readEntry(opened(parts, sealed, bonds.entry(id, seq)), seq);
        if (!isWhole) parts.onDamage({ kind: "entry", id });
        return entry;
      });
    },

    erase: async (id) => void (await eraseIf(id, null)),
    expire: (before) => expireConversations(parts, { before, eraseIf }),
  };
}
