/** What may be wrong with a messenger, as people on duty are told. */
export const INCIDENTS = ["sends-failing", "token-refused", "silent"] as const;
export type Incident = (typeof INCIDENTS)[number];

/** What was seen of a messenger. Moments in milliseconds since 1970. */
export interface ChannelRecord {
  /** Attempts to send, in rising order. `isDone` also for what the person's own choice refused (they blocked us). */
  readonly attempts: readonly { readonly at: number; readonly isDone: boolean }[];
  /** When the vendor last refused our credentials; null: not since they last worked. */
  readonly tokenRefusedAt: number | null;
  /** When somebody last wrote there; null: never. */
  readonly heardAt: number | null;
}

export const LOOK_BACK_MS = 10 * 60_000;
const FEWEST_FAILURES = 5;

/** `silentMs` 0: silence is nothing unusual here. */
export function judgeChannel(
  { attempts, tokenRefusedAt, heardAt }: ChannelRecord,
  { now, silentMs }: { readonly now: number; readonly silentMs: number },
): Incident[] {
  const recent = attempts.filter(({ at }) => at > now - LOOK_BACK_MS);
  const failed = recent.filter(({ isDone }) => !isDone).length;
  const found: Incident[] = [];
  // One that works after many that did not is the end of it, whatever the share.
  const worksNow = recent.at(-1)?.isDone ?? true;
  if (failed >= FEWEST_FAILURES && failed * 2 > recent.length && !worksNow) found.push("sends-failing");
  if (tokenRefusedAt !== null) found.push("token-refused");
  if (silentMs > 0 && heardAt !== null && now - heardAt > silentMs) found.push("silent");
  return found;
}
