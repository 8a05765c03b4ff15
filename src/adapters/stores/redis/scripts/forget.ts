import { defineLua } from "../lua.ts";

/**
 * Forgets one message id whose time has come. One that still waits keeps its mark and is looked at again later.
 *
 * KEYS  1 seen of the conversation   2 until
 * ARGV  1 message field  2 conversation id  3 now  4 when to look again
 * Returns 1 when forgotten.
 */
export const FORGET = defineLua(`
local member = ARGV[1] .. '/' .. ARGV[2]
local due = redis.call('ZSCORE', KEYS[2], member)
if not due or tonumber(due) >= tonumber(ARGV[3]) then return 0 end
local place = redis.call('HGET', KEYS[1], ARGV[1])
if place and place ~= '' then
  redis.call('ZADD', KEYS[2], ARGV[4], member)
  return 0
end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], member)
return 1
`);
