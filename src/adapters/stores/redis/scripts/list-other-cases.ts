import { defineLua } from "../lua.ts";

/**
 * KEYS  1 open cases  2 cases
 * Returns the ids of the cases that are not among the open ones.
 */
export const LIST_OTHER_CASES = defineLua(`
local found = {}
for _, id in ipairs(redis.call('HKEYS', KEYS[2])) do
  if redis.call('SISMEMBER', KEYS[1], id) == 0 then found[#found + 1] = id end
end
return found
`);
