import type { Leases } from "../../../app/ports.ts";
import type { RedisParts } from "./deps.ts";
import { bytesOrNull } from "./reply.ts";
import { ACQUIRE_LEASE } from "./scripts/acquire-lease.ts";
import { RELEASE_LEASE } from "./scripts/release-lease.ts";

/** By Redis's own time. The same scripts as for partitions; nobody is woken by a lease that is given back. */
export function createLeases({ link, keys, owner }: RedisParts): Leases {
  const tokens = new Map<string, string>();
  return {
    async hold(name, forMs) {
      const { lease, fence } = keys.houseLease(name);
      const token = bytesOrNull(await link.run(ACQUIRE_LEASE, [lease, fence], [owner, forMs]))?.toString();
      if (token === undefined) {
        tokens.delete(name);
        return null;
      }
      tokens.set(name, token);
      return Number(token.slice(token.lastIndexOf("|") + 1));
    },
    async release(name) {
      const token = tokens.get(name);
      if (token === undefined) return;
      tokens.delete(name);
      const { lease, wake } = keys.houseLease(name);
      await link.run(RELEASE_LEASE, [lease, wake], [token]);
    },
  };
}
