import { defineLua } from "../lua.ts";

/**
 * Takes a message into the inbox once.
 *
 * KEYS  1 seen of the conversation   2 inbox stream   3 until   4 wake channel
 * ARGV  1 conversation id  2 message field  3 sealed message  4 forget at  5 most that may wait in the partition
 * Returns "new", "duplicate" or "full".
 */
export const ENQUEUE = defineLua(`
if redis.call('XLEN', KEYS[2]) >= tonumber(ARGV[5]) then return 'full' end
if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 1 then return 'duplicate' end
local place = redis.call('XADD', KEYS[2], '*', 'c', ARGV[1], 'm', ARGV[2], 'v', ARGV[3])
redis.call('HSET', KEYS[1], ARGV[2], place)
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[2] .. '/' .. ARGV[1])
redis.call('SPUBLISH', KEYS[4], 'in')
return 'new'
`);
