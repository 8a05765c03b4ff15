import { defineLua } from "../lua.ts";

/**
 * Says "I am here" and counts who else is. By the server's clock: those of the processes may differ.
 *
 * KEYS  1 members
 * ARGV  1 who  2 for how many milliseconds; 0 to leave
 * Returns the number of members.
 */
export const JOIN_MEMBERS = defineLua(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[2] == '0' then redis.call('ZREM', KEYS[1], ARGV[1])
else redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. string.format('%d', now))
return redis.call('ZCARD', KEYS[1])
`);
