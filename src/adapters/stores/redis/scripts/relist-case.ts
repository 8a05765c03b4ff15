import { defineLua } from "../lua.ts";

/**
 * Lists a case as open again, if it is still what it was when it was read.
 *
 * KEYS  1 open cases  2 cases
 * ARGV  1 case id  2 sealed case as it was read
 * Returns 1 when it was not listed and is now.
 */
export const RELIST_CASE = defineLua(`
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
return redis.call('SADD', KEYS[1], ARGV[1])
`);
