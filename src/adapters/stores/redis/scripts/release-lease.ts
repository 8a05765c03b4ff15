import { defineLua } from "../lua.ts";

/**
 * Gives a partition back and tells the others, who need not wait for their next look.
 *
 * KEYS  1 lease  2 wake channel
 * ARGV  1 token
 * Returns 1 when it was held and is free now.
 */
export const RELEASE_LEASE = defineLua(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('SPUBLISH', KEYS[2], 'free')
return 1
`);
