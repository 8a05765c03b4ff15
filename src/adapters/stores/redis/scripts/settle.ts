import { defineLua } from "../lua.ts";

/**
 * Ends the delivery of one entry: sent, or refused for good and kept as a dead letter. Not fenced: a sender that
 * lost its lease after sending must still be able to say that it has sent.
 *
 * KEYS  1 outbox stream  2 sends of the conversation  3 dead
 * ARGV  1 place  2 conversation id  3 transcript number  4 sealed refusal or ""
 * Returns 1, or 0 when the row was gone (erased, or settled by another).
 */
export const SETTLE = defineLua(`
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
if ARGV[4] == '' then
  redis.call('HDEL', KEYS[2], ARGV[3])
else
  redis.call('HSET', KEYS[2], ARGV[3], 'dead')
  redis.call('HSET', KEYS[3], ARGV[2] .. '/' .. ARGV[3], ARGV[4])
end
return 1
`);
