import { defineLua } from "../lua.ts";

/**
 * Removes a message that can never be taken; its id stays known, so that a redelivery is not taken either.
 *
 * KEYS  1 seen of the conversation   2 inbox stream   3 until
 * ARGV  1 conversation id  2 message field  3 forget at
 * Returns 1.
 */
export const DROP = defineLua(`
local place = redis.call('HGET', KEYS[1], ARGV[2])
if place and place ~= '' then redis.call('XDEL', KEYS[2], place) end
if not place then redis.call('ZADD', KEYS[3], ARGV[3], ARGV[2] .. '/' .. ARGV[1]) end
redis.call('HSET', KEYS[1], ARGV[2], '')
return 1
`);
