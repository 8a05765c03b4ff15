import { defineLua } from "../lua.ts";

/**
 * Puts mended state in the place of damaged state, which is kept aside, unless it was changed meanwhile.
 *
 * KEYS  1 hash that holds it  2 aside
 * ARGV  1 its field  2 the sealed value as it was read  3 the mended one, sealed  4 name aside  5 what to keep, sealed
 *       6 new revision, or ""
 * Returns 1 when it was put in place.
 */
export const MEND = defineLua(`
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'rev', ARGV[6]) end
return 1
`);
