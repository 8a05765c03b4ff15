import type { RateLimits } from "../../../app/ports.ts";
import type { RedisParts } from "./deps.ts";
import { list, number } from "./reply.ts";
import { BOOK_PLACE, HOLD_BUCKET } from "./scripts/book-place.ts";

export function createRateLimits({ link, keys }: RedisParts): RateLimits {
  return {
    async book({ name, gapMs, burst }, withinMs) {
      const [booked, inMs] = list(await link.run(BOOK_PLACE, [keys.bucket(name)], [gapMs, burst, withinMs]));
      return { isBooked: number(booked) === 1, inMs: number(inMs) };
    },
    async hold({ name, gapMs, burst }, forMs) {
      await link.run(HOLD_BUCKET, [keys.bucket(name)], [gapMs, burst, forMs]);
    },
  };
}
