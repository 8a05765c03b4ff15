import { defineLua } from "../lua.ts";

/**
 * KEYS  1 outbox stream  2 dead
 * Returns rows waiting, dead letters, time of the oldest row or "".
 */
export const COUNT_OUTBOX = defineLua(`
local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
return { redis.call('XLEN', KEYS[1]), redis.call('HLEN', KEYS[2]), first and first[2][6] or '' }
`);
