import { defineLua } from "../lua.ts";

/**
 * Keeps a lease, and looks whether rows came since: the slow poll behind the wake-ups costs no call of its own.
 *
 * KEYS  1 lease  2 stream
 * ARGV  1 token  2 for how many milliseconds  3 last row read
 * Returns -1 when the lease is lost, 1 when there are new rows, else 0.
 */
export const RENEW_LEASE = defineLua(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return #redis.call('XRANGE', KEYS[2], '(' .. ARGV[3], '+', 'COUNT', 1)
`);
