import { createHash } from "node:crypto";

/** The layout of the embedded store. "/" parts the pieces; "0" is the sign after "/" and ends a prefix range. */

const digits = (value: number, width: number) => String(Math.max(0, Math.floor(value))).padStart(width, "0");

/** Ids from outside may hold any sign and any length: only a hash of them becomes part of a key. */
const tame = (id: string) =>
  /^[A-Za-z0-9_.-]{1,64}$/.test(id) ? id : createHash("sha256").update(id).digest("base64url");

const blur = (name: string) => createHash("sha256").update(`account ${name}`).digest("base64url");

export const keys = {
  conversation: (id: string) => `conv/${id}`,
  entry: (id: string, seq: number) => `entry/${id}/${digits(seq, 10)}`,
  seen: (id: string, messageId: string) => `seen/${id}/${tame(messageId)}`,
  seenUntil: (until: number, id: string, messageId: string) =>
    `until/${digits(until, 15)}/${id}/${tame(messageId)}`,
  inbox: (place: number) => `in/${digits(place, 15)}`,
  outbox: (id: string, seq: number) => `out/${id}/${digits(seq, 10)}`,
  dead: (id: string, seq: number) => `dead/${id}/${digits(seq, 10)}`,
  handoff: (id: string) => `handoff/${id}`,
  openHandoff: (id: string) => `open/${id}`,
  handoffOf: (conversationId: string, id: string) => `case/${conversationId}/${id}`,
  account: (id: string) => `account/${id}`,
  // Never the name itself: keys are not sealed, and a stolen disk must not tell who works here.
  accountName: (name: string) => `name/${blur(name.normalize("NFC").trim().toLowerCase())}`,
  /** Of a name that was blurred before. */
  accountIndex: (blurred: string) => `name/${blurred}`,
  shelf: (name: string) => `shelf/${name}`,
  token: (hash: string) => `token/${hash}`,
  ticket: (lookup: string) => `back/${tame(lookup)}`,
  ticketOf: (conversationId: string) => `backof/${conversationId}`,
  setting: (name: string) => `setting/${tame(name)}`,
  audit: (at: number, place: number) => `audit/${digits(at, 15)}/${digits(place, 9)}`,
  /** Before every event of this moment. */
  auditFrom: (at: number) => `audit/${digits(at, 15)}/`,
  /** State that could not be read, kept as it was found. */
  aside: (id: string, name: string) => `aside/${id}/${name}`,
  keyCheck: () => "key-check",
  importMark: () => "move/import",
  lastTurn: (at: number, id: string) => `last/${digits(at, 15)}/${id}`,
} as const;

/** From and to of all keys that begin with `prefix` and a slash. */
export function under(prefix: string): [string, string] {
  return [`${prefix}/`, `${prefix}0`];
}
