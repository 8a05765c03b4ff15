/**
 * Lua function shared by `commit` and `erase`: removes what is stored of one conversation, except its message ids.
 *
 * conv, talk, sends, casesOf, aside, out, dead, case, open: keys of the conversation's partition
 * id: the conversation
 */
export const ERASE_ROWS = `
local function eraseRows(k, id)
  local sends = redis.call('HGETALL', k.sends)
  for i = 1, #sends, 2 do
    if sends[i + 1] == 'dead' then redis.call('HDEL', k.dead, id .. '/' .. sends[i])
    else redis.call('XDEL', k.out, sends[i + 1]) end
  end
  for _, case in ipairs(redis.call('SMEMBERS', k.casesOf)) do
    redis.call('HDEL', k.case, case)
    redis.call('SREM', k.open, case)
  end
  redis.call('UNLINK', k.conv, k.talk, k.sends, k.casesOf, k.aside)
end
`;
