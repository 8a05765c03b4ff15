import { defineLua } from "../lua.ts";
import { ERASE_ROWS } from "./erase-rows.ts";

/**
 * Removes a conversation with its message ids and waiting messages.
 *
 * KEYS  1 conv  2 talk  3 seen  4 sends  5 casesOf  6 inbox stream  7 outbox stream  8 last turns
 *       9 cases  10 open cases  11 dead  12 aside
 * ARGV  1 conversation id  2 only if its last turn is older than this, or ""
 * Returns 1 when removed, 0 when somebody has written since.
 */
export const ERASE = defineLua(`${ERASE_ROWS}
local id = ARGV[1]
if ARGV[2] ~= '' then
  local at = redis.call('ZSCORE', KEYS[8], id)
  if not at or tonumber(at) >= tonumber(ARGV[2]) then return 0 end
end
eraseRows({ conv = KEYS[1], talk = KEYS[2], sends = KEYS[4], casesOf = KEYS[5], out = KEYS[7],
  case = KEYS[9], open = KEYS[10], dead = KEYS[11], aside = KEYS[12] }, id)
for _, place in ipairs(redis.call('HVALS', KEYS[3])) do
  if place ~= '' then redis.call('XDEL', KEYS[6], place) end
end
redis.call('UNLINK', KEYS[3])
redis.call('ZREM', KEYS[8], id)
return 1
`);
