import type { Bucket } from "./ports.ts";

/** What is known of a bucket: when its next place would be due if all were given out evenly. */
export interface BucketState {
  readonly dueAt: number;
}

export interface Booking {
  /** False when the next place is further off than asked for: then nothing was booked. */
  readonly isBooked: boolean;
  /** In how many milliseconds the place is. */
  readonly inMs: number;
}

/** Gives out one place of a bucket (GCRA): evenly, except that `burst` places may follow one another at once. */
export function bookPlace(
  { dueAt }: BucketState,
  { gapMs, burst }: Bucket,
  at: { readonly now: number; readonly withinMs: number },
): Booking & BucketState {
  const due = Math.max(dueAt, at.now);
  const inMs = Math.max(0, due - at.now - (burst - 1) * gapMs);
  return inMs > at.withinMs ? { isBooked: false, inMs, dueAt } : { isBooked: true, inMs, dueAt: due + gapMs };
}

/** No place before `forMs` from now; then one at a time, without a burst. */
export function holdBucket({ dueAt }: BucketState, { gapMs, burst }: Bucket, until: number): BucketState {
  return { dueAt: Math.max(dueAt, until + (burst - 1) * gapMs) };
}
