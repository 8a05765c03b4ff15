import type { StoredRow } from "../../../app/stored-row.ts";
import { DEDUPE_WINDOW_MS, type Seen } from "./commit.ts";
import type { Reader } from "./key-value.ts";
import { keys, under } from "./keys.ts";

const PAGE = 500;
/** Message ids whose times are looked up in one pass; bounds what is held in memory. */
const SEEN_PAGE = 200_000;

/** Keys in order, a page at a time. "!" comes before every sign that keys are made of. */
function* keysUnder(db: Reader, prefix: string, page = PAGE): Generator<string> {
  const [start, to] = under(prefix);
  for (let from = start; ; ) {
    const found = db.keys(from, to, page);
    yield* found;
    if (found.length < page) return;
    from = `${found.at(-1)}!`;
  }
}

function valueOf(db: Reader, key: string): unknown {
  try {
    return db.get(key) ?? null;
  } catch {
    return null;
  }
}

const lastPart = (key: string) => key.slice(key.lastIndexOf("/") + 1);

/** Every row of the embedded store, conversation by conversation. Sign-ins that have lapsed at `now` stay behind. */
export function* readRows(db: Reader, now: number): Generator<StoredRow> {
  yield* house(db, now);
  for (const key of keysUnder(db, "conv")) yield* conversation(db, key.slice("conv/".length));
  yield* messageIds(db, now);
  yield* auditEvents(db);
}

function* house(db: Reader, now: number): Generator<StoredRow> {
  for (const key of keysUnder(db, "name")) {
    const id = valueOf(db, key);
    if (typeof id !== "string") continue;
    yield { kind: "account", id, name: lastPart(key), value: valueOf(db, keys.account(id)) };
  }
  for (const key of keysUnder(db, "token")) {
    const value = valueOf(db, key);
    if (isLapsed(value, now)) continue;
    yield { kind: "sign-in", id: lastPart(key), value };
  }
  for (const key of keysUnder(db, "setting"))
    yield { kind: "setting", id: lastPart(key), value: valueOf(db, key) };
}

function isLapsed(value: unknown, now: number): boolean {
  const { expiresAt } = (value ?? {}) as { expiresAt?: unknown };
  return typeof expiresAt !== "number" || expiresAt <= now;
}

function* conversation(db: Reader, id: string): Generator<StoredRow> {
  yield { kind: "conversation", id, value: valueOf(db, keys.conversation(id)) };
  for (const key of keysUnder(db, `entry/${id}`))
    yield { kind: "entry", of: id, seq: Number(lastPart(key)), value: valueOf(db, key) };
  for (const key of keysUnder(db, `case/${id}`)) {
    const handoff = lastPart(key);
    const isOpen = db.keys(keys.openHandoff(handoff), `${keys.openHandoff(handoff)}!`, 1).length > 0;
    yield { kind: "handoff", of: id, id: handoff, isOpen, value: valueOf(db, keys.handoff(handoff)) };
  }
  for (const key of keysUnder(db, `out/${id}`)) {
    const seq = Number(lastPart(key));
    const { at } = (valueOf(db, keys.entry(id, seq)) ?? {}) as { at?: unknown };
    // A row whose words are gone has nothing left to deliver.
    if (typeof at === "number") yield { kind: "undelivered", of: id, seq, at };
  }
  for (const key of keysUnder(db, `dead/${id}`))
    yield { kind: "dead", of: id, seq: Number(lastPart(key)), value: valueOf(db, key) };
  for (const key of keysUnder(db, `aside/${id}`))
    yield { kind: "aside", of: id, id: lastPart(key), value: valueOf(db, key) };
}

/**
 * Times are stored by time and ids by conversation: each page of ids takes one pass over the times. Ids left
 * without a time get the longest one.
 */
function* messageIds(db: Reader, now: number): Generator<StoredRow> {
  let waiting: WaitingId[] = [];
  for (const page of pagesOf(keysUnder(db, "seen"), SEEN_PAGE)) {
    const until = timesOf(db, page);
    for (const key of page) {
      const [, of = "", id = ""] = key.split("/");
      if (waiting[0] !== undefined && waiting[0].of !== of) {
        yield* inOrder(db, waiting);
        waiting = [];
      }
      const { place = null } = (valueOf(db, key) ?? {}) as Partial<Seen>;
      const known = { of, id, until: until.get(key) || now + DEDUPE_WINDOW_MS };
      const isWaiting = place !== null && db.keys(keys.inbox(place), `${keys.inbox(place)}!`, 1).length > 0;
      if (isWaiting) waiting.push({ ...known, place });
      else yield { kind: "answered", ...known };
    }
  }
  yield* inOrder(db, waiting);
}

interface WaitingId {
  readonly of: string;
  readonly id: string;
  readonly until: number;
  readonly place: number;
}

function* inOrder(db: Reader, waiting: readonly WaitingId[]): Generator<StoredRow> {
  for (const [n, { place, ...known }] of [...waiting].sort((a, b) => a.place - b.place).entries())
    yield { kind: "waiting", ...known, n, value: valueOf(db, keys.inbox(place)) };
}

function timesOf(db: Reader, page: readonly string[]): Map<string, number> {
  const times = new Map(page.map((key) => [key, 0]));
  for (const key of keysUnder(db, "until")) {
    const [, at, of = "", id = ""] = key.split("/");
    const seen = keys.seen(of, id);
    const known = times.get(seen);
    if (known !== undefined) times.set(seen, Math.max(known, Number(at)));
  }
  return times;
}

function* pagesOf(all: Iterable<string>, size: number): Generator<string[]> {
  let page: string[] = [];
  for (const each of all) {
    page.push(each);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function* auditEvents(db: Reader): Generator<StoredRow> {
  let last = { at: -1, n: 0 };
  for (const key of keysUnder(db, "audit")) {
    const at = Number(key.split("/")[1]);
    last = { at, n: at === last.at ? last.n + 1 : 0 };
    yield { kind: "audit", ...last, value: valueOf(db, key) };
  }
}
