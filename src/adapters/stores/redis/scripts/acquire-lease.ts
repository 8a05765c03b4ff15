import { defineLua } from "../lua.ts";

/**
 * Takes a free partition under a new fencing number. Asked again by its holder it answers the same number.
 *
 * KEYS  1 lease  2 fence
 * ARGV  1 who  2 for how many milliseconds
 * Returns the lease token "who|fence", or null when another holds it.
 */
export const ACQUIRE_LEASE = defineLua(`
local token = redis.call('GET', KEYS[1])
if token then
  if string.sub(token, 1, #ARGV[1] + 1) ~= ARGV[1] .. '|' then return false end
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return token
end
token = ARGV[1] .. '|' .. redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], token, 'PX', ARGV[2])
return token
`);
