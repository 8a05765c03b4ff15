import { createHmac, hkdfSync } from "node:crypto";

export interface RingKey {
  /** 4 bytes that name the key and tell nothing about it. */
  readonly id: Buffer;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** The keys of one installation. See docs/adr/0016. */
export interface KeyRing {
  /** Seals whatever is written. */
  readonly current: RingKey;
  /** Open what was sealed before them; newest first. */
  readonly older: readonly RingKey[];
  /** Derived once from the first key and kept as they are: with others nobody would find their conversation again. */
  readonly secrets: {
    /** 32 bytes each. */
    readonly conversationIds: Buffer;
    readonly returnCodes: Buffer;
    /** Tells two installations apart in the files of `npm run export`. */
    readonly fingerprint: string;
  };
}

/** A ring, or 32 bytes that are the only key. */
export type StoreKey = Uint8Array | KeyRing;

const TITLE = ["ke-ben", "keys", "1"] as const;
const BYTES = 32;

export function ringOf(key: StoreKey): KeyRing {
  if (!(key instanceof Uint8Array)) return key;
  if (key.length !== BYTES) throw new RangeError("the store key must have 32 bytes");
  const derived = (label: string) => Buffer.from(hkdfSync("sha256", key, "", label, BYTES));
  return {
    current: ringKey(key),
    older: [],
    secrets: {
      conversationIds: derived("conversation-ids"),
      returnCodes: derived("return-codes"),
      fingerprint: fingerprintOf(key),
    },
  };
}

/** The ring with a new key in front: 32 bytes of chance. */
export function withNewKey(ring: KeyRing, fresh: Uint8Array): KeyRing {
  if (fresh.length !== BYTES) throw new RangeError("the store key must have 32 bytes");
  return { ...ring, current: ringKey(fresh), older: [ring.current, ...ring.older] };
}

export function withoutOlderKeys(ring: KeyRing): KeyRing {
  return { ...ring, older: [] };
}

export const allKeys = ({ current, older }: KeyRing): readonly RingKey[] => [current, ...older];

/** As it stands in `store.key` or STORE_KEY: words parted by blanks or new lines. Secret from end to end. */
export function formatKeyRing(ring: KeyRing): string {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const { conversationIds, returnCodes, fingerprint } = ring.secrets;
  const lines = [
    TITLE.join(" "),
    `current ${text(ring.current.key)}`,
    ...ring.older.map(({ key }) => `older ${text(key)}`),
    `ids ${text(conversationIds)}`,
    `codes ${text(returnCodes)}`,
    `fingerprint ${fingerprint}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** Reads what `formatKeyRing` wrote, or one key in base64 as older versions had it. Null for anything else. */
export function parseKeyRing(written: string): KeyRing | null {
  const words = written.trim().split(/\s+/);
  if (words[0] !== TITLE[0]) {
    const key = Buffer.from(written.trim(), "base64");
    return key.length === BYTES ? ringOf(key) : null;
  }
  if (TITLE.some((word, index) => words[index] !== word)) return null;
  const named = new Map<string, string[]>();
  for (let at = TITLE.length; at < words.length; at += 2) {
    const [name = "", value = ""] = words.slice(at, at + 2);
    named.set(name, [...(named.get(name) ?? []), value]);
  }
  const bytes = (name: string) => (named.get(name) ?? []).map((value) => Buffer.from(value, "base64"));
  const [[current], older, [conversationIds], [returnCodes]] = [
    bytes("current"),
    bytes("older"),
    bytes("ids"),
    bytes("codes"),
  ];
  const [fingerprint] = named.get("fingerprint") ?? [];
  if (!current || !conversationIds || !returnCodes || !fingerprint) return null;
  if ([current, conversationIds, returnCodes, ...older].some((each) => each.length !== BYTES)) return null;
  const secrets = { conversationIds, returnCodes, fingerprint };
  return { current: ringKey(current), older: older.map(ringKey), secrets };
}

function ringKey(key: Uint8Array): RingKey {
  return { key, id: createHmac("sha256", key).update("ke-ben key id").digest().subarray(0, 4) };
}

function fingerprintOf(key: Uint8Array): string {
  return createHmac("sha256", key).update("ke-ben store key").digest("base64url").slice(0, 22);
}
