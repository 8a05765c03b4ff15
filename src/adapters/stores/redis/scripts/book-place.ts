import { defineLua } from "../lua.ts";

/**
 * Gives out one place of a bucket, as `bookPlace` does, by Redis's own time: the processes' clocks may differ.
 * The row goes as soon as it says no more than a new one would.
 *
 * KEYS  1 bucket
 * ARGV  1 milliseconds between two places  2 burst  3 no further off than so many milliseconds
 * Returns whether it was booked (1 or 0), and in how many milliseconds the place is.
 */
export const BOOK_PLACE = defineLua(`
local gap, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = math.max(0, math.ceil(due - now - (burst - 1) * gap))
if wait > tonumber(ARGV[3]) then return { 0, wait } end
redis.call('SET', KEYS[1], string.format('%.3f', due + gap), 'PX', math.ceil(due + gap - now))
return { 1, wait }
`);

/**
 * Gives out no place for a time.
 *
 * KEYS  1 bucket
 * ARGV  1 milliseconds between two places  2 burst  3 for how many milliseconds
 */
export const HOLD_BUCKET = defineLua(`
local gap, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now + tonumber(ARGV[3]) + (burst - 1) * gap)
redis.call('SET', KEYS[1], string.format('%.3f', due), 'PX', math.max(1, math.ceil(due - now)))
return 1
`);
