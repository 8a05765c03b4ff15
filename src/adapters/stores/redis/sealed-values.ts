import { SERIAL_LENGTH } from "./audit-log.ts";
import type { MoveParts } from "./deps.ts";
import { ALL_PARTITIONS, bonds } from "./keys.ts";
import { bytes, field, list, streamRows, text } from "./reply.ts";
import { scanKeys } from "./scan-keys.ts";

const PAGE = 200;

/** One sealed value, where it lies and what it is bound to. */
export interface SealedValue {
  readonly key: string;
  /** A row of a stream cannot be changed where it lies; it leaves with its turn. */
  readonly in: "hash" | "text" | "sorted" | "stream";
  /** Of the hash. */
  readonly field: string;
  /** As it lies there. Of an audit event with the serial before it. */
  readonly bytes: Buffer;
  readonly sealed: Buffer;
  readonly bond: string;
}

/** Every sealed value of this store, each at least once, while servers go on writing. */
export async function* sealedValues(parts: MoveParts): AsyncGenerator<SealedValue> {
  const { link, keys } = parts;
  yield* hash(parts, keys.accounts(), bonds.account);
  yield* aText(parts, keys.keyCheck(), bonds.keyCheck);
  yield* aText(parts, keys.importMark(), bonds.importMark);
  const texts: readonly (readonly [string, (id: string) => string])[] = [
    [keys.allTokens(), bonds.token],
    [keys.allSettings(), bonds.setting],
    [keys.allTickets(), bonds.ticket],
    [keys.allShelved(), bonds.shelf],
  ];
  for (const [prefix, bond] of texts)
    for await (const key of scanKeys(link, prefix)) yield* aText(parts, key, bond(key.slice(prefix.length)));
  yield* audit(parts, keys.houseAudit());
  for (const partition of ALL_PARTITIONS) {
    yield* hash(parts, keys.cases(partition), bonds.handoff);
    yield* hash(parts, keys.dead(partition), (name) => `dead/${name}`);
    yield* audit(parts, keys.audit(partition));
    yield* inbox(parts, partition);
    for await (const id of members(parts, keys.lastTurn(partition))) yield* conversation(parts, id);
  }
}

async function* conversation(parts: MoveParts, id: string): AsyncGenerator<SealedValue> {
  const { keys } = parts;
  const own = keys.conversation(id);
  yield* fields(parts, { key: own, names: ["v"], bond: () => bonds.conversation(id) });
  yield* hash(parts, keys.talk(id), (seq) => bonds.entry(id, Number(seq)));
  yield* hash(parts, keys.aside(id), (name) => bonds.aside(id, name));
  yield* aText(parts, keys.ticketOf(id), bonds.ticketOf(id));
}

async function* hash(
  parts: MoveParts,
  key: string,
  bond: (field: string) => string,
): AsyncGenerator<SealedValue> {
  const names = list(await parts.link.send(key, ["HKEYS", key])).map(text);
  yield* fields(parts, { key, names, bond });
}

interface Fields {
  readonly key: string;
  readonly names: readonly string[];
  readonly bond: (field: string) => string;
}

async function* fields({ link }: MoveParts, { key, names, bond }: Fields): AsyncGenerator<SealedValue> {
  for (let at = 0; at < names.length; at += PAGE) {
    const page = names.slice(at, at + PAGE);
    const values = list(await link.send(key, ["HMGET", key, ...page]));
    for (const [index, name] of page.entries()) {
      const value = values[index];
      if (value === null || value === undefined) continue;
      yield { key, in: "hash", field: name, bytes: bytes(value), sealed: bytes(value), bond: bond(name) };
    }
  }
}

async function* aText({ link }: MoveParts, key: string, bond: string): AsyncGenerator<SealedValue> {
  const value = await link.send(key, ["GET", key]);
  if (value === null) return;
  yield { key, in: "text", field: "", bytes: bytes(value), sealed: bytes(value), bond };
}

/** By time, not by place: what is put in anew keeps its time, so nothing is passed over. */
async function* audit({ link }: MoveParts, key: string): AsyncGenerator<SealedValue> {
  for (let from = 0; ; from += PAGE) {
    const page = list(await link.send(key, ["ZRANGE", key, from, from + PAGE - 1])).map(bytes);
    for (const member of page) {
      const serial = member.subarray(0, SERIAL_LENGTH).toString();
      const sealed = member.subarray(SERIAL_LENGTH);
      yield { key, in: "sorted", field: "", bytes: member, sealed, bond: bonds.audit(serial) };
    }
    if (page.length < PAGE) return;
  }
}

async function* inbox({ link, keys }: MoveParts, partition: number): AsyncGenerator<SealedValue> {
  const key = keys.stream(partition, "in");
  for (let from = "-"; ; ) {
    const rows = streamRows(await link.send(key, ["XRANGE", key, from, "+", "COUNT", PAGE]));
    for (const row of rows) {
      const [of, id] = [field(row, "c").toString(), field(row, "m").toString()];
      const sealed = field(row, "v");
      yield { key, in: "stream", field: "", bytes: sealed, sealed, bond: bonds.inbox(of, id) };
    }
    if (rows.length < PAGE) return;
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
