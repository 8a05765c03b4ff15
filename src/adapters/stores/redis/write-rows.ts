import type { StoredRow } from "../../../app/stored-row.ts";
import { SERIAL_LENGTH, sealEvent } from "./audit-log.ts";
import type { Arg } from "./connection.ts";
import { bonds, partitionOf } from "./keys.ts";
import type { MoveParts } from "./deps.ts";
import { bytes, list } from "./reply.ts";
import { ENQUEUE } from "./scripts/enqueue.ts";
import { IMPORT_ENTRY } from "./scripts/import-entry.ts";
import { IMPORT_UNDELIVERED } from "./scripts/import-undelivered.ts";

type Audit = Extract<StoredRow, { kind: "audit" }>;
const TOKEN_GRACE_MS = 24 * 3600 * 1000;

/** Rows of one conversation in order, conversations side by side. Each row may be written again without harm. */
export async function writeRows(parts: MoveParts, rows: readonly StoredRow[]): Promise<void> {
  const chains = new Map<string, StoredRow[]>();
  const audit: Audit[] = [];
  for (const row of rows) {
    if (row.kind === "audit") {
      audit.push(row);
      continue;
    }
    const chain = "of" in row ? row.of : row.id;
    chains.set(chain, [...(chains.get(chain) ?? []), row]);
  }
  await Promise.all(
    [...chains.values()].map(async (chain) => {
      for (const row of chain) if (row.kind !== "audit") await writeRow(parts, row);
    }),
  );
  await writeAudit(parts, audit);
}

async function writeRow(parts: MoveParts, row: Exclude<StoredRow, Audit>): Promise<void> {
  const { link, keys, sealer } = parts;
  const call = async (key: string, command: string, ...args: (Arg | number)[]) =>
    void (await link.send(key, [command, key, ...args]));
  switch (row.kind) {
    case "account":
      await call(keys.accountNames(), "HSET", row.name, row.id);
      return call(keys.accounts(), "HSET", row.id, sealer.seal(row.value, bonds.account(row.id)));
    case "sign-in": {
      const { expiresAt } = (row.value ?? {}) as { expiresAt?: unknown };
      const keepMs =
        Math.max(0, (typeof expiresAt === "number" ? expiresAt : 0) - parts.clock.now()) + TOKEN_GRACE_MS;
      return call(keys.token(row.id), "SET", sealer.seal(row.value, bonds.token(row.id)), "PX", keepMs);
    }
    case "setting":
      return call(keys.setting(row.id), "SET", sealer.seal(row.value, bonds.setting(row.id)));
    case "conversation": {
      const { revision, lastTurnAt } = (row.value ?? {}) as { revision?: unknown; lastTurnAt?: unknown };
      // Of damaged state the age is not known: it is kept as long as one of today.
      const at = typeof lastTurnAt === "number" ? lastTurnAt : parts.clock.now();
      const rev = typeof revision === "number" ? revision : 0;
      const sealed = sealer.seal(row.value, bonds.conversation(row.id));
      await call(keys.conversation(row.id), "HSET", "rev", rev, "at", at, "v", sealed);
      return call(keys.lastTurn(partitionOf(row.id)), "ZADD", at, row.id);
    }
    case "entry": {
      const sealed = sealer.seal(row.value, bonds.entry(row.of, row.seq));
      return void (await link.run(
        IMPORT_ENTRY,
        [keys.conversation(row.of), keys.talk(row.of)],
        [row.seq, sealed],
      ));
    }
    case "handoff": {
      const partition = partitionOf(row.of);
      await call(keys.cases(partition), "HSET", row.id, sealer.seal(row.value, bonds.handoff(row.id)));
      await call(keys.casesOf(row.of), "SADD", row.id);
      return row.isOpen ? call(keys.openCases(partition), "SADD", row.id) : undefined;
    }
    case "undelivered": {
      const touched = [keys.stream(partitionOf(row.of), "out"), keys.sends(row.of)];
      return void (await link.run(IMPORT_UNDELIVERED, touched, [row.of, row.seq, row.at]));
    }
    case "dead": {
      const sealed = sealer.seal(row.value, bonds.dead(row.of, row.seq));
      await call(keys.dead(partitionOf(row.of)), "HSET", `${row.of}/${row.seq}`, sealed);
      return call(keys.sends(row.of), "HSET", row.seq, "dead");
    }
    case "aside":
      return call(keys.aside(row.of), "HSET", row.id, sealer.seal(row.value, bonds.aside(row.of, row.id)));
    case "answered":
      await call(keys.seen(row.of), "HSET", row.id, "");
      return call(keys.until(partitionOf(row.of)), "ZADD", row.until, `${row.id}/${row.of}`);
    case "waiting": {
      const partition = partitionOf(row.of);
      const touched = [
        keys.seen(row.of),
        keys.stream(partition, "in"),
        keys.until(partition),
        keys.wake(partition),
      ];
      const sealed = sealer.seal(row.value, bonds.inbox(row.of, row.id));
      return void (await link.run(ENQUEUE, touched, [
        row.of,
        row.id,
        sealed,
        row.until,
        Number.MAX_SAFE_INTEGER,
      ]));
    }
    default:
      return row satisfies never;
  }
}

/** A sealed event is never the same twice: what an interrupted import left is known by its serial. */
async function writeAudit({ link, keys, sealer }: MoveParts, rows: readonly Audit[]): Promise<void> {
  const logs = new Map<string, Audit[]>();
  for (const row of rows) {
    const { conversationId } = (row.value ?? {}) as { conversationId?: unknown };
    const log =
      typeof conversationId === "string" ? keys.audit(partitionOf(conversationId)) : keys.houseAudit();
    logs.set(log, [...(logs.get(log) ?? []), row]);
  }
  for (const [log, events] of logs) {
    const times = events.map(({ at }) => at);
    const range = [Math.min(...times), Math.max(...times)];
    const there = list(await link.send(log, ["ZRANGE", log, ...range, "BYSCORE"]));
    const known = new Set(there.map((member) => bytes(member).subarray(0, SERIAL_LENGTH).toString()));
    const fresh = events
      .map((row) => ({ row, serial: String(row.at * 1000 + row.n).padStart(SERIAL_LENGTH, "0") }))
      .filter(({ serial }) => !known.has(serial));
    if (fresh.length === 0) continue;
    const added = fresh.flatMap(({ row, serial }) => [row.at, sealEvent(sealer, row.value, serial)]);
    await link.send(log, ["ZADD", log, ...added]);
  }
}
