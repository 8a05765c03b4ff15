import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type BucketState, bookPlace, holdBucket } from "../../src/app/book-place.ts";

const NOW = 1_000_000;
const aBucket = fc
  .record({ gapMs: fc.integer({ min: 1, max: 2000 }), burst: fc.integer({ min: 1, max: 5 }) })
  .map((limits) => ({ name: "b", ...limits }));
const visits = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 });

describe("places of a bucket", () => {
  it("never exceed the rate, over any stretch of time and however they were asked for", () => {
    fc.assert(
      fc.property(aBucket, visits, fc.integer({ min: 0, max: 5000 }), (bucket, gaps, withinMs) => {
        let [state, now]: [BucketState, number] = [{ dueAt: 0 }, NOW];
        const places: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const booking = bookPlace(state, bucket, { now, withinMs });
          state = booking;
          if (booking.isBooked) places.push(now + booking.inMs);
          expect(booking.isBooked).toBe(booking.inMs <= withinMs);
        }
        for (const [from, start] of places.entries())
          for (const [index, end] of places.slice(from).entries())
            expect(index + 1).toBeLessThanOrEqual(
              bucket.burst + Math.floor((end - start) / bucket.gapMs) + 1e-6,
            );
      }),
    );
  });

  it("that are refused cost nothing", () => {
    fc.assert(
      fc.property(aBucket, fc.integer({ min: 0, max: 20 }), (bucket, asked) => {
        let state: BucketState = { dueAt: NOW + 100_000 };
        for (let index = 0; index < asked; index++)
          state = bookPlace(state, bucket, { now: NOW, withinMs: 10 });
        expect(state.dueAt).toBe(NOW + 100_000);
      }),
    );
  });

  it("are given out to nobody while the bucket is held, and one by one afterwards", () => {
    fc.assert(
      fc.property(aBucket, fc.integer({ min: 1, max: 60_000 }), (bucket, forMs) => {
        const held = holdBucket({ dueAt: 0 }, bucket, NOW + forMs);
        const first = bookPlace(held, bucket, { now: NOW, withinMs: Infinity });
        expect(first.inMs).toBe(forMs);
        expect(bookPlace(first, bucket, { now: NOW, withinMs: Infinity }).inMs).toBe(forMs + bucket.gapMs);
      }),
    );
  });
});
