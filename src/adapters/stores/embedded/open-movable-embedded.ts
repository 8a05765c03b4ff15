import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ImportMark, type MovableStore, type StoredRow } from "../../../app/stored-row.ts";
import type { Clock } from "../../../app/ports.ts";
import type { Seen } from "./commit.ts";
import type { StoreKey } from "./key-ring.ts";
import type { KeyValue, Writer } from "./key-value.ts";
import { keys } from "./keys.ts";
import { type LmdbKeyValue, openLmdbKeyValue } from "./lmdb-key-value.ts";
import { createSealer } from "./sealer.ts";
import { checkKey } from "./check-key.ts";
import { readRows } from "./read-rows.ts";

/** The LMDB store of a folder as something to be moved. Throws what LMDB throws. */
export function openMovableEmbedded(options: {
  readonly directory: string;
  readonly key: StoreKey;
  readonly clock: Clock;
}): MovableStore {
  const { directory, key, clock } = options;
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true, mode: 0o700 });
  const db = openLmdbKeyValue(join(directory, "store.lmdb"), createSealer(key));
  checkKey(db);
  return {
    ...movableOver(db, clock),
    usedBy: async () => describe(db),
    close: () => db.close(),
  };
}

function describe(db: LmdbKeyValue): string | null {
  const others = db.otherProcesses();
  return others.length === 0 ? null : `process ${others.join(", ")}`;
}

function movableOver(db: KeyValue, clock: Clock): Omit<MovableStore, "usedBy" | "close"> {
  return {
    async isEmpty() {
      // The probe of a server that never took a message is no data.
      return ["name", "token", "setting", "conv", "seen", "audit"].every(
        (prefix) => db.keys(`${prefix}/`, `${prefix}0`, 1).length === 0,
      );
    },
    async *rows(asOf) {
      yield* readRows(db, asOf);
    },
    write: (rows) =>
      db.transact((writer) => {
        for (const row of rows) writeRow(writer, row, clock.now());
      }),
    async readMark() {
      const row = db.get(keys.importMark());
      return row === undefined ? null : ImportMark.parse(row);
    },
    putMark: (mark) => db.transact((writer) => writer.put(keys.importMark(), mark)),
  };
}

function writeRow(writer: Writer, row: StoredRow, now: number): void {
  switch (row.kind) {
    case "account":
      writer.put(keys.accountIndex(row.name), row.id);
      return writer.put(keys.account(row.id), row.value);
    case "sign-in":
      return writer.put(keys.token(row.id), row.value);
    case "setting":
      return writer.put(keys.setting(row.id), row.value);
    case "conversation": {
      const { lastTurnAt } = (row.value ?? {}) as { lastTurnAt?: unknown };
      // Of damaged state the age is not known: it is kept as long as one of today.
      writer.put(keys.lastTurn(typeof lastTurnAt === "number" ? lastTurnAt : now, row.id), 1);
      return writer.put(keys.conversation(row.id), row.value);
    }
    case "entry":
      return writer.put(keys.entry(row.of, row.seq), row.value);
    case "handoff":
      writer.put(keys.handoffOf(row.of, row.id), 1);
      if (row.isOpen) writer.put(keys.openHandoff(row.id), 1);
      return writer.put(keys.handoff(row.id), row.value);
    case "undelivered":
      return writer.put(keys.outbox(row.of, row.seq), 1);
    case "dead":
      return writer.put(keys.dead(row.of, row.seq), row.value);
    case "aside":
      return writer.put(keys.aside(row.of, row.id), row.value);
    case "answered":
      return writeSeen(writer, row, null);
    case "waiting":
      return writeWaiting(writer, row);
    case "audit":
      return writer.put(keys.audit(row.at, row.n), row.value);
    default:
      return row satisfies never;
  }
}

function writeSeen(
  writer: Writer,
  row: { readonly of: string; readonly id: string; readonly until: number },
  place: number | null,
): void {
  const key = keys.seen(row.of, row.id);
  const seen: Seen = { place };
  writer.put(key, seen);
  writer.put(keys.seenUntil(row.until, row.of, row.id), key);
}

function writeWaiting(writer: Writer, row: Extract<StoredRow, { kind: "waiting" }>): void {
  // Written before an interruption: it has its place already.
  if (writer.get(keys.seen(row.of, row.id)) !== undefined) return;
  const place = nextPlace(writer);
  writer.put(keys.inbox(place), row.value);
  writeSeen(writer, row, place);
}

const NEXT_PLACE = "move/next-place";

/** Below every place that a server gives out, since those start at its clock (in tenths of a millisecond). */
function nextPlace(writer: Writer): number {
  const last = writer.get(NEXT_PLACE);
  const place = typeof last === "number" ? last + 1 : 1;
  writer.put(NEXT_PLACE, place);
  return place;
}
