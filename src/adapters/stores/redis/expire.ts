import { ConversationId } from "../../../domain/kernel/ids.ts";
import { DEDUPE_WINDOW_MS, type RedisParts } from "./deps.ts";
import { ALL_PARTITIONS } from "./keys.ts";
import { list, text } from "./reply.ts";
import { FORGET } from "./scripts/forget.ts";

const BATCH = 100;

interface Expiry {
  readonly before: number;
  readonly eraseIf: (id: ConversationId, olderThan: number) => Promise<boolean>;
}

/**
 * Partition by partition, a batch at a time: retention must never make a turn wait. Several processes may do it at
 * once, since each removal checks again that it is still due.
 */
export async function expireConversations(parts: RedisParts, { before, eraseIf }: Expiry): Promise<number> {
  let removed = 0;
  for (const partition of ALL_PARTITIONS) {
    const key = parts.keys.lastTurn(partition);
    for (let due = await dueIn(parts, key, before); due.length > 0; due = await dueIn(parts, key, before)) {
      const results = await Promise.all(due.map((id) => eraseIf(ConversationId.parse(id), before)));
      removed += results.filter(Boolean).length;
    }
    await forgetSeen(parts, partition);
  }
  return removed;
}

async function forgetSeen(parts: RedisParts, partition: number): Promise<void> {
  const { link, keys, clock } = parts;
  const now = clock.now();
  const until = keys.until(partition);
  for (let due = await dueIn(parts, until, now); due.length > 0; due = await dueIn(parts, until, now)) {
    await Promise.all(
      due.map((member) => {
        const slash = member.indexOf("/");
        const [name, id] = [member.slice(0, slash), member.slice(slash + 1)];
        return link.run(FORGET, [keys.seen(id), until], [name, id, now, now + DEDUPE_WINDOW_MS]);
      }),
    );
  }
}

async function dueIn({ link }: RedisParts, key: string, before: number): Promise<string[]> {
  const found = await link.send(key, ["ZRANGE", key, "-inf", `(${before}`, "BYSCORE", "LIMIT", 0, BATCH]);
  return list(found).map(text);
}
