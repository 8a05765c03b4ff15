import type { AuditEvent } from "../conversation/outcome.ts";

/**
 * A seal over a stretch of the audit log: a digest of its events and of the seal before it. Seals are events themselves, so
 * that each stands under the next one. Whoever changes, removes or adds an event changes every digest after it.
 */
export interface AuditSeal {
  /** Milliseconds since 1970; `until` is not part of the stretch. */
  readonly from: number;
  readonly until: number;
  readonly count: number;
  readonly digest: string;
}

/** SHA-256, as base64url. */
export type Digest = (text: string) => string;

export const NO_SEAL: AuditSeal = { from: 0, until: 0, count: 0, digest: "" };

/** The order in which the events of one moment were written is not part of it: two processes may have written them. */
export function sealOver(
  before: Pick<AuditSeal, "until" | "digest">,
  stretch: { readonly events: readonly AuditEvent[]; readonly until: number },
  digest: Digest,
): AuditSeal {
  const lines = stretch.events
    .map(({ at, act, by, conversationId, detail }) => JSON.stringify([at, act, by, conversationId, detail]))
    .sort();
  return {
    from: before.until,
    until: stretch.until,
    count: lines.length,
    digest: digest([before.digest, String(before.until), String(stretch.until), ...lines].join("\n")),
  };
}

export function writeSeal({ from, until, count, digest }: AuditSeal): string {
  return `${from} ${until} ${count} ${digest}`;
}

export function readSeal(detail: string | null): AuditSeal | null {
  const [, from, until, count, digest] = /^(\d+) (\d+) (\d+) ([A-Za-z0-9_-]{43})$/.exec(detail ?? "") ?? [];
  if (digest === undefined) return null;
  return { from: Number(from), until: Number(until), count: Number(count), digest };
}

export interface CheckedAudit {
  readonly events: number;
  readonly seals: number;
  /** Events that no seal stands over yet. */
  readonly unsealed: number;
  /** Stretches that are not as they were when they were sealed. */
  readonly broken: readonly AuditSeal[];
  /** To be compared with what was noted elsewhere: who holds the key can write a whole new log. */
  readonly newest: AuditSeal | null;
}

/** `events`: the whole log, oldest first. */
export function checkAudit(events: readonly AuditEvent[], digest: Digest): CheckedAudit {
  const seals = events.flatMap(({ act, detail }) => {
    const seal = act === "audit-sealed" ? readSeal(detail) : null;
    return seal === null ? [] : [seal];
  });
  const broken: AuditSeal[] = [];
  let before: AuditSeal = NO_SEAL;
  for (const seal of seals) {
    const inside = events.filter(({ at }) => at >= seal.from && at < seal.until);
    const asItIs = sealOver(before, { events: inside, until: seal.until }, digest);
    if (seal.from !== before.until || asItIs.digest !== seal.digest) broken.push(seal);
    before = seal;
  }
  const unsealed = events.filter(({ at }) => at >= before.until).length;
  return { events: events.length, seals: seals.length, unsealed, broken, newest: seals.at(-1) ?? null };
}
