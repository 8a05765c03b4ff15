import { createHash, timingSafeEqual } from "node:crypto";
import { Signed } from "./wire.ts";

export interface VerifyRule {
  readonly appId: string;
  /** "OA Secret Key" of the webhook page; not the app secret. */
  readonly oaSecret: string;
  readonly now: number;
}

/** Which id stood first in the hash: documents disagree, so both are tried and the operator is told. */
export type Verdict =
  | { readonly kind: "genuine"; readonly term: "app-id" | "oa-id" }
  | { readonly kind: "unsigned" | "wrong" | "replayed" | "unreadable" };

// Zalo brings an event again for up to about an hour.
const OLDEST_MS = 2 * 3600 * 1000;
const CLOCK_SKEW_MS = 10 * 60 * 1000;

/** mac = SHA-256(id + raw body + timestamp + OA secret): a plain hash over the bytes as they came, not an HMAC. */
export function verifySignature(rawBody: Buffer, header: string | undefined, rule: VerifyRule): Verdict {
  const mac = readMac(header);
  if (mac === null) return { kind: "unsigned" };
  const signed = readSigned(rawBody);
  if (signed === null) return { kind: "unreadable" };
  const oaId = signed.oa_id ?? signed.recipient?.id;
  const terms = [
    ["app-id", rule.appId],
    ["oa-id", oaId],
  ] as const;
  const match = terms.find(
    ([, id]) =>
      id !== undefined &&
      isSame(mac, macOf(rawBody, { id, timestamp: signed.timestamp, secret: rule.oaSecret })),
  );
  if (match === undefined) return { kind: "wrong" };
  const ageMs = rule.now - Number(signed.timestamp);
  // Also true for a timestamp that is no number.
  if (!(ageMs <= OLDEST_MS && ageMs >= -CLOCK_SKEW_MS)) return { kind: "replayed" };
  return { kind: "genuine", term: match[0] };
}

function macOf(rawBody: Buffer, parts: { id: string; timestamp: string; secret: string }): Buffer {
  return createHash("sha256")
    .update(parts.id)
    .update(rawBody)
    .update(parts.timestamp)
    .update(parts.secret)
    .digest();
}

function readMac(header: string | undefined): Buffer | null {
  const [, hex] = /^(?:mac=)?([0-9a-f]{64})$/i.exec(header?.trim() ?? "") ?? [];
  return hex === undefined ? null : Buffer.from(hex, "hex");
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function readSigned(rawBody: Buffer): Signed | null {
  try {
    const parsed = Signed.safeParse(JSON.parse(rawBody.toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
