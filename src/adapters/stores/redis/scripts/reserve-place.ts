import { defineLua } from "../lua.ts";

/**
 * A line whose places are evenly apart, by the clock of Redis: the clocks of the processes may differ. Microseconds.
 *
 * KEYS  1 when the next place is due
 * ARGV  1 gap between places  2 places that may be taken at once after a rest
 * Returns how long to wait.
 */
export const RESERVE_PLACE = defineLua(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local gap = tonumber(ARGV[1])
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
redis.call('SET', KEYS[1], string.format('%.0f', due + gap), 'PX', math.ceil((due + gap - now) / 1000) + 1)
return math.max(0, due - now - (tonumber(ARGV[2]) - 1) * gap)
`);

/** KEYS 1 hold. ARGV 1 milliseconds. A hold is made longer, never shorter. */
export const HOLD_LINE = defineLua(`
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 1
`);
