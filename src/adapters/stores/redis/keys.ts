import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** Fixed for the life of a Redis: another number would look for every conversation in another place. */
export const PARTITIONS = 64;
export const ALL_PARTITIONS: readonly number[] = Array.from({ length: PARTITIONS }, (_each, index) => index);

export function partitionOf(conversationId: string): number {
  return crc32(conversationId) % PARTITIONS;
}

/**
 * Ids from outside may hold any sign and any length: only a hash of them becomes part of a key. Names of our own settings
 * must stay readable ("zalo.tokens"): whoever walks over all keys needs the name to open the value.
 */
export const tame = (id: string) =>
  /^[A-Za-z0-9_.-]{1,64}$/.test(id) ? id : createHash("sha256").update(id).digest("base64url");

/** Which of the two streams of a partition: what people wrote, or what is to be delivered to them. */
export type Side = "in" | "out";

/**
 * The layout in Redis. Everything of a partition carries the hash tag `{pN}`: one slot, so one script may
 * touch all of it. `name` parts several deployments on one Redis.
 *
 * Plain: ids (keyed hashes of ours), numbers and times that scripts need. Sealed: every value.
 */
export function createKeys(name: string) {
  const at = (partition: number, rest: string) => `${name}:{p${partition}}:${rest}`;
  const of = (conversationId: string, rest: string) =>
    at(partitionOf(conversationId), `${rest}:${conversationId}`);
  return {
    /** Hash: rev, at, first and last transcript number, v = sealed conversation. */
    conversation: (id: string) => of(id, "conv"),
    /** Hash: transcript number → sealed entry. A hash, since a stream takes 4 kB even for one line. */
    talk: (id: string) => of(id, "talk"),
    /** Hash: message or act id → its place in the inbox while it waits, empty once it is answered. */
    seen: (id: string) => of(id, "seen"),
    /** Hash: transcript number → place in the outbox, or "dead". */
    sends: (id: string) => of(id, "sends"),
    /** Set of the conversation's case ids. */
    casesOf: (id: string) => of(id, "cases"),

    /** Hash: name → sealed state that could not be read, as it was found. */
    aside: (id: string) => of(id, "aside"),

    /** Streams: rows waiting for a turn, rows waiting for delivery. */
    stream: (partition: number, side: Side) => at(partition, side),
    /** ZSET: when to forget a message id (`field/conversation`). */
    until: (partition: number) => at(partition, "until"),
    /** ZSET: conversation → last turn. */
    lastTurn: (partition: number) => at(partition, "last"),
    /** Hash: case id → sealed case; set of those waiting or live. */
    cases: (partition: number) => at(partition, "case"),
    openCases: (partition: number) => at(partition, "open"),
    /** Hash: conversation/number → sealed code of what a channel refused for good. */
    dead: (partition: number) => at(partition, "dead"),
    /** ZSET by time: serial + sealed event. */
    audit: (partition: number) => at(partition, "audit"),
    lease: (partition: number, side: Side) => at(partition, `lease-${side}`),
    fence: (partition: number, side: Side) => at(partition, `fence-${side}`),
    /** Pub/sub channels, wake-ups only. */
    wake: (partition: number) => at(partition, "wake"),
    live: (partition: number) => at(partition, "live"),

    /** Who takes turns, who delivers, and everybody who has the store open. */
    members: (side: Side | "open") => `${name}:{members}:${side}`,
    accounts: () => `${name}:{accounts}:id`,
    accountNames: () => `${name}:{accounts}:name`,
    token: (hash: string) => `${name}:token:${tame(hash)}`,
    ticket: (lookup: string) => `${name}:back:${tame(lookup)}`,
    /** Which ticket is the conversation's newest. */
    ticketOf: (id: string) => of(id, "back"),
    setting: (setting: string) => `${name}:setting:${tame(setting)}`,
    shelf: (item: string) => `${name}:shelf:${tame(item)}`,
    /** Work that one process does for all; the pace of a vendor, and the pause it asked for. Nothing here outlives its time. */
    work: (work: string) => `${name}:work:${tame(work)}`,
    pace: (line: string) => `${name}:pace:${tame(line)}`,
    hold: (line: string) => `${name}:hold:${tame(line)}`,
    /** Events that belong to no conversation. */
    houseAudit: () => `${name}:{house}:audit`,
    keyCheck: () => `${name}:{house}:key`,
    importMark: () => `${name}:{house}:import`,
    /** What SCAN is asked for: there are no lists of these. */
    allTokens: () => `${name}:token:`,
    allSettings: () => `${name}:setting:`,
    allTickets: () => `${name}:back:`,
    allShelved: () => `${name}:shelf:`,
    probe: (partition: number) => at(partition, "probe"),
  } as const;
}

export type Keys = ReturnType<typeof createKeys>;

/** Never the name itself: fields are not sealed, and a stolen disk must not tell who works here. */
export const accountField = (name: string) =>
  createHash("sha256")
    .update(`account ${name.normalize("NFC").trim().toLowerCase()}`)
    .digest("base64url");

/** What each sealed value is bound to. */
export const bonds = {
  conversation: (id: string) => `conv/${id}`,
  entry: (id: string, seq: number) => `entry/${id}/${seq}`,
  inbox: (id: string, field: string) => `in/${id}/${field}`,
  handoff: (id: string) => `handoff/${id}`,
  dead: (id: string, seq: number) => `dead/${id}/${seq}`,
  audit: (serial: string) => `audit/${serial}`,
  aside: (id: string, name: string) => `aside/${id}/${name}`,
  account: (id: string) => `account/${id}`,
  token: (hash: string) => `token/${hash}`,
  ticket: (lookup: string) => `back/${lookup}`,
  ticketOf: (id: string) => `backof/${id}`,
  setting: (name: string) => `setting/${name}`,
  shelf: (name: string) => `shelf/${name}`,
  keyCheck: "key-check",
  importMark: "import-mark",
} as const;
