import { randomBytes } from "node:crypto";
import { AppError } from "../../../app/errors.ts";
import type { Clock, EventBus, Logger, OnDamage, Store } from "../../../app/ports.ts";
import { createAuditLog } from "./audit-log.ts";
import { checkKey } from "./check-key.ts";
import { createFileCompaction } from "./compact-files.ts";
import { connect } from "./connect.ts";
import { createConversations } from "./conversations.ts";
import { createRedisEventBus } from "./create-event-bus.ts";
import type { RedisParts } from "./deps.ts";
import { createAccounts, createHandoffs, createSettings, createTokens } from "./directory.ts";
import { createInbox } from "./inbox.ts";
import { createKeys, PARTITIONS } from "./keys.ts";
import { createLink } from "./link.ts";
import { readImportMark } from "./open-movable-redis.ts";
import { createOutbox } from "./outbox.ts";
import { bytesOrNull } from "./reply.ts";
import { createReturnCodes } from "./return-codes.ts";
import type { Sealer } from "./sealer.ts";
import { createSharedLeases, createSharedPaces } from "./shared-leases.ts";
import { createShelf } from "./shelf.ts";
import { showLife } from "./show-life.ts";
import { createWakeUps } from "./wake-ups.ts";

export interface RedisStoreOptions {
  /** See `parseRedisUrl`: one server, Sentinel or Cluster. */
  readonly url: string;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log?: Logger;
  readonly onDamage?: OnDamage;
  /** Begins every key: lets several deployments share one Redis. */
  readonly name?: string;
  /** Messages that may wait before new ones are refused with "full", over all partitions. */
  readonly inboxLimit?: number;
  readonly parallel?: number;
  /** After so long without a sign of life a process loses its partitions to the others. */
  readonly leaseMs?: number;
  /** After so long a call to Redis has failed. */
  readonly deadlineMs?: number;
}

/** Opens the store that several processes share, and the event bus between them. */
export async function openRedisStore(
  options: RedisStoreOptions,
): Promise<{ store: Store; events: EventBus }> {
  const { url, sealer, clock, log, name = "ke-ben", leaseMs = 5000, deadlineMs = 2000 } = options;
  const onTrouble = (event: string, cause: unknown) => log?.warn(event, cause === null ? {} : { cause });
  const connection = await connect(url, (cause) => onTrouble("redis-connection", cause));
  const keys = createKeys(name);
  const compaction = createFileCompaction(connection, keys, { onTrouble });
  const parts: RedisParts = {
    link: createLink(connection, deadlineMs),
    keys,
    sealer,
    clock,
    wakeUps: createWakeUps(connection, keys, onTrouble),
    owner: randomBytes(9).toString("base64url"),
    leaseMs,
    parallel: options.parallel ?? 64,
    inboxLimit: options.inboxLimit ?? 128_000,
    onDamage: options.onDamage ?? (() => {}),
    onErased: () => compaction.wish(),
    onTrouble,
  };
  let goodbye = async () => {};
  try {
    await checkKey(parts);
    await refuseHalfImported(parts);
    goodbye = await showLife(parts);
  } catch (error) {
    connection.close();
    throw error;
  }
  const events = createRedisEventBus(parts, connection);
  const inbox = createInbox(parts);
  const outbox = createOutbox(parts);
  const returnCodes = createReturnCodes(parts);
  const store: Store = {
    enqueue: (message) => inbox.enqueue(message),
    consume: (take) => inbox.consume(take),
    drop: (message) => inbox.drop(message),
    ...createConversations(parts, { inbox, outbox, returnCodes }),
    returnCodes,
    outbox,
    handoffs: createHandoffs(parts),
    accounts: createAccounts(parts),
    tokens: createTokens(parts),
    settings: createSettings(parts),
    audit: createAuditLog(parts),
    shelf: createShelf(parts),
    leases: createSharedLeases(parts),
    paces: createSharedPaces(parts),
    probe: () => probe(parts),
    async close() {
      await Promise.all([inbox.stop(), outbox.stop(), goodbye()]);
      compaction.close();
      events.close();
      parts.wakeUps.close();
      connection.close();
    },
  };
  return { store, events };
}

async function refuseHalfImported(parts: RedisParts): Promise<void> {
  const mark = await readImportMark(parts);
  if (mark === null || mark.finishedAt !== null) return;
  const detail = "an import into this Redis was not finished: npm run import -- <file> --resume";
  throw new AppError("STORE_UNREADABLE", { detail });
}

/** Writes and reads back, each time in another partition: in a Cluster every server gets its turn. */
async function probe({ link, keys, owner }: RedisParts): Promise<void> {
  const key = `${keys.probe(Math.floor(Math.random() * PARTITIONS))}:${owner}`;
  const value = randomBytes(9).toString("base64url");
  await link.send(key, ["SET", key, value, "PX", 60_000]);
  const found = bytesOrNull(await link.send(key, ["GET", key]))?.toString();
  if (found !== value) throw new AppError("STORE_UNREADABLE", { detail: "Redis lost what was just written" });
}
