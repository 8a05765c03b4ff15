import { defineLua } from "../lua.ts";

/**
 * Puts the same value, sealed anew, in the place of what was read, unless somebody changed it meanwhile.
 *
 * KEYS  1 where it is
 * ARGV  1 "hash", "text" or "sorted"  2 field of the hash  3 the bytes as they were read  4 the new bytes
 * Returns 1 when it was put in place. A text keeps its end of life, a sorted member its number.
 */
export const RESEAL = defineLua(`
if ARGV[1] == 'hash' then
  if redis.call('HGET', KEYS[1], ARGV[2]) ~= ARGV[3] then return 0 end
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
elseif ARGV[1] == 'text' then
  if redis.call('GET', KEYS[1]) ~= ARGV[3] then return 0 end
  redis.call('SET', KEYS[1], ARGV[4], 'KEEPTTL')
else
  local at = redis.call('ZSCORE', KEYS[1], ARGV[3])
  if not at then return 0 end
  redis.call('ZREM', KEYS[1], ARGV[3])
  redis.call('ZADD', KEYS[1], at, ARGV[4])
end
return 1
`);
