import { defineLua } from "../lua.ts";

/**
 * Keeps the number of a message that was sent: the newest only, and each only for a time.
 *
 * KEYS  1 marks of the conversation
 * ARGV  1 its time  2 sealed mark  3 older than this goes  4 how many are kept  5 for how many milliseconds
 */
export const NOTE_MARK = defineLua(`
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[4]))
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
`);
