import type { StoredRow } from "../../../app/stored-row.ts";
import { readAudit } from "./read-audit.ts";
import { DEDUPE_WINDOW_MS, type MoveParts } from "./deps.ts";
import { ALL_PARTITIONS, bonds } from "./keys.ts";
import { bytes, bytesOrNull, field, list, pairs, streamRows, text } from "./reply.ts";
import { opened } from "./opened.ts";
import { scanKeys } from "./scan-keys.ts";
import { READ_TALK } from "./scripts/read-talk.ts";

const PAGE = 500;

type ReadParts = MoveParts & { readonly asOf: number };

/** Every row of the Redis store, partition by partition; the ids of one partition are held in memory. */
export async function* readRows(parts: ReadParts): AsyncGenerator<StoredRow> {
  yield* house(parts);
  for (const partition of ALL_PARTITIONS) {
    for (const id of await conversationIds(parts, partition)) {
      yield* conversation(parts, { id, partition });
      yield* messageIds(parts, { id, partition });
    }
  }
  yield* readAudit(parts);
}

interface Place {
  readonly id: string;
  readonly partition: number;
}

async function* house(parts: ReadParts): AsyncGenerator<StoredRow> {
  const { link, keys, asOf } = parts;
  const names = await hash(parts, keys.accountNames());
  for (const [name, found] of names) {
    const id = bytes(found).toString();
    const [value] = list(await link.send(keys.accounts(), ["HMGET", keys.accounts(), id]));
    yield { kind: "account", id, name, value: opened(parts, value, bonds.account(id)) };
  }
  for await (const key of scanKeys(link, keys.allTokens())) {
    const id = key.slice(keys.allTokens().length);
    const value = opened(parts, bytesOrNull(await link.send(key, ["GET", key])), bonds.token(id));
    const { expiresAt } = (value ?? {}) as { expiresAt?: unknown };
    if (typeof expiresAt === "number" && expiresAt > asOf) yield { kind: "sign-in", id, value };
  }
  for await (const key of scanKeys(link, keys.allSettings())) {
    const id = key.slice(keys.allSettings().length);
    yield {
      kind: "setting",
      id,
      value: opened(parts, bytesOrNull(await link.send(key, ["GET", key])), bonds.setting(id)),
    };
  }
}

/** Those that had a turn, and those whose first message still waits or was dropped. */
async function conversationIds(parts: MoveParts, partition: number): Promise<Set<string>> {
  const { link, keys } = parts;
  const ids = new Set<string>();
  for await (const id of members(parts, keys.lastTurn(partition))) ids.add(id);
  for await (const member of members(parts, keys.until(partition)))
    ids.add(member.slice(member.indexOf("/") + 1));
  const stream = keys.stream(partition, "in");
  for (let from = "-"; ; ) {
    const rows = streamRows(await link.send(stream, ["XRANGE", stream, from, "+", "COUNT", PAGE]));
    for (const row of rows) ids.add(field(row, "c").toString());
    if (rows.length < PAGE) return ids;
    from = `(${rows.at(-1)?.place}`;
  }
}

async function* members({ link }: MoveParts, key: string): AsyncGenerator<string> {
  for (let from = 0; ; from += PAGE) {
    const page = list(await link.send(key, ["ZRANGE", key, from, from + PAGE - 1])).map(text);
    yield* page;
    if (page.length < PAGE) return;
  }
}

/** Field and value. Not HGETALL, whose answer has another shape in each protocol. */
async function hash({ link }: MoveParts, key: string): Promise<[string, unknown][]> {
  const names = list(await link.send(key, ["HKEYS", key])).map(text);
  if (names.length === 0) return [];
  const values = list(await link.send(key, ["HMGET", key, ...names]));
  return names.map((name, index) => [name, values[index]]);
}

async function* conversation(parts: MoveParts, { id, partition }: Place): AsyncGenerator<StoredRow> {
  const { link, keys } = parts;
  const own = keys.conversation(id);
  const sealed = bytesOrNull(await link.send(own, ["HGET", own, "v"]));
  if (sealed !== null)
    yield { kind: "conversation", id, value: opened(parts, sealed, bonds.conversation(id)) };

  for (let after = 0; ; ) {
    const page = pairs(await link.run(READ_TALK, [own, keys.talk(id)], [after, PAGE]));
    for (const [number, value] of page) {
      after = Number(text(number));
      yield { kind: "entry", of: id, seq: after, value: opened(parts, value, bonds.entry(id, after)) };
    }
    if (page.length < PAGE) break;
  }

  const [cases, open] = [keys.cases(partition), keys.openCases(partition)];
  for (const each of list(await link.send(own, ["SMEMBERS", keys.casesOf(id)]))) {
    const handoff = text(each);
    const value = bytesOrNull(await link.send(cases, ["HGET", cases, handoff]));
    const isOpen = (await link.send(open, ["SISMEMBER", open, handoff])) === 1;
    yield {
      kind: "handoff",
      of: id,
      id: handoff,
      isOpen,
      value: opened(parts, value, bonds.handoff(handoff)),
    };
  }
  yield* deliveries(parts, { id, partition });
  for (const [name, value] of await hash(parts, keys.aside(id)))
    yield { kind: "aside", of: id, id: name, value: opened(parts, value, bonds.aside(id, name)) };
}

async function* deliveries(parts: MoveParts, { id, partition }: Place): AsyncGenerator<StoredRow> {
  const { link, keys } = parts;
  const [dead, out] = [keys.dead(partition), keys.stream(partition, "out")];
  const sends = (await hash(parts, keys.sends(id))).map(([seq, place]) => ({
    seq: Number(seq),
    place: text(place),
  }));
  for (const { seq, place } of sends.sort((a, b) => a.seq - b.seq)) {
    if (place === "dead") {
      const value = bytesOrNull(await link.send(dead, ["HGET", dead, `${id}/${seq}`]));
      yield { kind: "dead", of: id, seq, value: opened(parts, value, bonds.dead(id, seq)) };
      continue;
    }
    const [row] = streamRows(await link.send(out, ["XRANGE", out, place, place]));
    if (row !== undefined) yield { kind: "undelivered", of: id, seq, at: Number(field(row, "a").toString()) };
  }
}

async function* messageIds(parts: ReadParts, { id: of, partition }: Place): AsyncGenerator<StoredRow> {
  const { link, keys, asOf } = parts;
  const seen = await hash(parts, keys.seen(of));
  if (seen.length === 0) return;
  const until = keys.until(partition);
  const times = list(await link.send(until, ["ZMSCORE", until, ...seen.map(([name]) => `${name}/${of}`)]));
  const known = seen.map(([id, place], index) => {
    const at = times[index];
    return { id, place: text(place), until: at === null ? asOf + DEDUPE_WINDOW_MS : Number(at) };
  });
  for (const { id, until: time } of known.filter(({ place }) => place === ""))
    yield { kind: "answered", of, id, until: time };

  const inbox = keys.stream(partition, "in");
  let n = 0;
  for (const { id, place, until: time } of known.filter((each) => each.place !== "").sort(byPlace)) {
    const [row] = streamRows(await link.send(inbox, ["XRANGE", inbox, place, place]));
    if (row === undefined) yield { kind: "answered", of, id, until: time };
    else {
      const value = opened(parts, field(row, "v"), bonds.inbox(of, id));
      yield { kind: "waiting", of, id, until: time, n: n++, value };
    }
  }
}

/** Places in a stream are "milliseconds-number". */
function byPlace(a: { readonly place: string }, b: { readonly place: string }): number {
  const [aTime = 0, aNumber = 0] = a.place.split("-").map(Number);
  const [bTime = 0, bNumber = 0] = b.place.split("-").map(Number);
  return aTime - bTime || aNumber - bNumber;
}
