import { defineLua } from "../lua.ts";

/**
 * KEYS  1 outbox stream  2 sends of the conversation
 * ARGV  1 conversation id  2 transcript number  3 when it was said
 * Returns 1, or 0 when it was there already.
 */
export const IMPORT_UNDELIVERED = defineLua(`
if redis.call('HEXISTS', KEYS[2], ARGV[2]) == 1 then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], redis.call('XADD', KEYS[1], '*', 'c', ARGV[1], 's', ARGV[2], 'a', ARGV[3]))
return 1
`);
