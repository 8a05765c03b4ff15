import { defineLua } from "../lua.ts";

/**
 * KEYS  1 lease
 * ARGV  1 who  2 for how many milliseconds
 * Returns 1 when the caller has it now, 0 when another has.
 */
export const TAKE_LEASE = defineLua(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`);

/** KEYS 1 lease. ARGV 1 who. Gives it back if it is the caller's. */
export const GIVE_BACK_LEASE = defineLua(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`);
