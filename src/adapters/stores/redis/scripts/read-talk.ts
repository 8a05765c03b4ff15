import { defineLua } from "../lua.ts";

/**
 * KEYS  1 conv  2 talk
 * ARGV  1 entries after this number  2 at most so many
 * Returns number, sealed entry, number, sealed entry … in order.
 */
export const READ_TALK = defineLua(`
local bounds = redis.call('HMGET', KEYS[1], 'first', 'last')
local found = {}
if not bounds[1] then return found end
local limit = tonumber(ARGV[2]) * 2
for seq = math.max(tonumber(ARGV[1]) + 1, tonumber(bounds[1])), tonumber(bounds[2]) do
  if #found >= limit then break end
  local entry = redis.call('HGET', KEYS[2], string.format('%d', seq))
  if entry then
    found[#found + 1] = string.format('%d', seq)
    found[#found + 1] = entry
  end
end
return found
`);
