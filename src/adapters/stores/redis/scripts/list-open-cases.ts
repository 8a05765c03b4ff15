import { defineLua } from "../lua.ts";

/**
 * KEYS  1 open cases  2 cases
 * Returns case id, sealed case, case id, sealed case …
 */
export const LIST_OPEN_CASES = defineLua(`
local found = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local case = redis.call('HGET', KEYS[2], id)
  if case then
    found[#found + 1] = id
    found[#found + 1] = case
  end
end
return found
`);
