import { defineLua } from "../lua.ts";

/**
 * KEYS  1 conv  2 talk
 * ARGV  1 transcript number  2 sealed entry
 * Returns 1.
 */
export const IMPORT_ENTRY = defineLua(`
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local bounds = redis.call('HMGET', KEYS[1], 'first', 'last')
local seq = tonumber(ARGV[1])
if not bounds[1] or seq < tonumber(bounds[1]) then redis.call('HSET', KEYS[1], 'first', ARGV[1]) end
if not bounds[2] or seq > tonumber(bounds[2]) then redis.call('HSET', KEYS[1], 'last', ARGV[1]) end
return 1
`);
