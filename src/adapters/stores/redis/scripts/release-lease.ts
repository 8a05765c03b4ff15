import { defineLua } from "../lua.ts";

/**
 * KEYS  1 lease
 * ARGV  1 token
 * Returns 1 when it was held and is free now.
 */
export const RELEASE_LEASE = defineLua(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);
