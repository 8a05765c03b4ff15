import { defineLua } from "../lua.ts";

/**
 * KEYS  1 account names  2 accounts
 * ARGV  1 tamed name  2 account id  3 sealed account
 * Returns 1, or 0 when the name belongs to another account. The same call again answers 1: its first answer may be lost.
 */
export const CREATE_ACCOUNT = defineLua(`
local owner = redis.call('HGET', KEYS[1], ARGV[1])
if owner then return owner == ARGV[2] and 1 or 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
`);
