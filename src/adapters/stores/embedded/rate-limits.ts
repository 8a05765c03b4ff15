import { type BucketState, bookPlace, holdBucket } from "../../../app/book-place.ts";
import type { Clock, RateLimits } from "../../../app/ports.ts";

const MANY = 10_000;
const FRESH: BucketState = { dueAt: 0 };

/** In memory: one process has the whole store, and after its restart the limits of a second are long past. */
export function createRateLimits(clock: Clock): RateLimits {
  const buckets = new Map<string, BucketState>();
  function keep(name: string, state: BucketState): void {
    if (buckets.size > MANY) {
      const now = clock.now();
      for (const [each, { dueAt }] of buckets) if (dueAt <= now) buckets.delete(each);
    }
    buckets.set(name, state);
  }
  return {
    async book(bucket, withinMs) {
      const state = buckets.get(bucket.name) ?? FRESH;
      const { isBooked, inMs, dueAt } = bookPlace(state, bucket, { now: clock.now(), withinMs });
      if (isBooked) keep(bucket.name, { dueAt });
      return { isBooked, inMs };
    },
    async hold(bucket, forMs) {
      keep(bucket.name, holdBucket(buckets.get(bucket.name) ?? FRESH, bucket, clock.now() + forMs));
    },
  };
}
