import { defineLua } from "../lua.ts";

/**
 * Puts a new value in the place of the one that was read, unless somebody changed it meanwhile.
 *
 * KEYS  1 a hash
 * ARGV  1 field  2 the bytes as they were read  3 the new bytes
 * Returns 1 when it was put in place. The same call again answers 1: its first answer may be lost.
 */
export const REPLACE_FIELD = defineLua(`
local found = redis.call('HGET', KEYS[1], ARGV[1])
if found == ARGV[3] then return 1 end
if found ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`);
