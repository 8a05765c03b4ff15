import { defineLua } from "../lua.ts";
import { ERASE_ROWS } from "./erase-rows.ts";

/**
 * The one write of a turn. All refusals come before the first write: Redis does not undo a script that fails.
 *
 * KEYS  1 conv  2 talk  3 seen  4 sends  5 casesOf  6 inbox stream  7 outbox stream  8 last turns  9 until
 *       10 cases  11 open cases  12 dead  13 audit  14 inbox lease  15 wake channel  16 aside
 * ARGV  1 lease token, or "" when the cause was not taken under a lease
 *       2 conversation id  3 field of the cause  4 when to forget it  5 revision  6 last turn at  7 sealed conversation
 *       8 "1" to erase what was stored before
 *       9 case id or ""  10 sealed case  11 "1" while the case is waiting or live
 *       12 number of entries, then for each: transcript number, sealed entry, its time when to be delivered or ""
 *       then number of audit events, then for each: time, member
 * Returns "committed", "duplicate", "stale" or "fenced".
 */
export const COMMIT = defineLua(`${ERASE_ROWS}
local id, cause = ARGV[2], ARGV[3]
local place = redis.call('HGET', KEYS[3], cause)
if place == '' then return 'duplicate' end
if ARGV[1] ~= '' and redis.call('GET', KEYS[14]) ~= ARGV[1] then return 'fenced' end
-- Taken from the inbox and no longer known to it: the person took everything back meanwhile.
if ARGV[1] ~= '' and not place then return 'duplicate' end
local revision = tonumber(redis.call('HGET', KEYS[1], 'rev') or '0')
if tonumber(ARGV[5]) ~= revision + 1 then return 'stale' end

local erase = ARGV[8] == '1'
if erase then
  eraseRows({ conv = KEYS[1], talk = KEYS[2], sends = KEYS[4], casesOf = KEYS[5], out = KEYS[7],
    case = KEYS[10], open = KEYS[11], dead = KEYS[12], aside = KEYS[16] }, id)
end
redis.call('HSET', KEYS[1], 'rev', ARGV[5], 'at', ARGV[6], 'v', ARGV[7])
redis.call('ZADD', KEYS[8], ARGV[6], id)

local arg = 13
local spoke = false
for _ = 1, tonumber(ARGV[12]) do
  local seq, entry, deliverAt = ARGV[arg], ARGV[arg + 1], ARGV[arg + 2]
  arg = arg + 3
  redis.call('HSET', KEYS[2], seq, entry)
  redis.call('HSETNX', KEYS[1], 'first', seq)
  redis.call('HSET', KEYS[1], 'last', seq)
  if deliverAt ~= '' then
    redis.call('HSET', KEYS[4], seq, redis.call('XADD', KEYS[7], '*', 'c', id, 's', seq, 'a', deliverAt))
    spoke = true
  end
end

if ARGV[9] ~= '' and not erase then
  redis.call('HSET', KEYS[10], ARGV[9], ARGV[10])
  redis.call('SADD', KEYS[5], ARGV[9])
  redis.call(ARGV[11] == '1' and 'SADD' or 'SREM', KEYS[11], ARGV[9])
end
local events = tonumber(ARGV[arg])
arg = arg + 1
for _ = 1, events do
  redis.call('ZADD', KEYS[13], ARGV[arg], ARGV[arg + 1])
  arg = arg + 2
end

if place then redis.call('XDEL', KEYS[6], place)
else redis.call('ZADD', KEYS[9], ARGV[4], cause .. '/' .. id) end
redis.call('HSET', KEYS[3], cause, '')
if spoke then redis.call('SPUBLISH', KEYS[15], 'out') end
return 'committed'
`);
