import type { Leases, Paces } from "../../../app/ports.ts";
import type { RedisParts } from "./deps.ts";
import { number } from "./reply.ts";
import { HOLD_LINE, RESERVE_PLACE } from "./scripts/reserve-place.ts";
import { GIVE_BACK_LEASE, TAKE_LEASE } from "./scripts/take-lease.ts";

export function createSharedLeases({ link, keys }: RedisParts): Leases {
  return {
    take: async (name, holder, forMs) =>
      number(await link.run(TAKE_LEASE, [keys.work(name)], [holder, Math.ceil(forMs)])) === 1,
    giveBack: async (name, holder) => void (await link.run(GIVE_BACK_LEASE, [keys.work(name)], [holder])),
  };
}

export function createSharedPaces({ link, keys }: RedisParts): Paces {
  return {
    async reserve(name, gapMs, burst) {
      const gap = Math.ceil(gapMs * 1000);
      return number(await link.run(RESERVE_PLACE, [keys.pace(name)], [gap, burst])) / 1000;
    },
    hold: async (name, forMs) =>
      void (await link.run(HOLD_LINE, [keys.hold(name)], [Math.max(1, Math.ceil(forMs))])),
    heldFor: async (name) => Math.max(0, number(await link.send(keys.hold(name), ["PTTL", keys.hold(name)]))),
  };
}
