// What Redis does for the models in one command each, as Lua.

/** ARGV: now, sealed entry, deadline (`inf` for none), milliseconds to keep (0 for ever). */
export const STORE = `
local deadline = redis.call('HGET', KEYS[1], 'until')
if deadline and tonumber(ARGV[1]) >= tonumber(deadline) then redis.call('DEL', KEYS[1]) end
redis.call('HSET', KEYS[1], 'sealed', ARGV[2], 'until', ARGV[3])
if ARGV[4] == '0' then redis.call('PERSIST', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
return 1`;

/** ARGV: now, entry with its deadline, milliseconds to keep (0 for ever). */
export const ADD = `
local standing = redis.call('GET', KEYS[1])
if standing and tonumber(ARGV[1]) < tonumber(string.match(standing, '^%S+')) then return 0 end
if ARGV[3] == '0' then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1`;

/** ARGV: now, and the same in seconds. */
export const CONSUME = `
local deadline = redis.call('HGET', KEYS[1], 'until')
if not deadline or tonumber(ARGV[1]) >= tonumber(deadline) then return 0 end
return redis.call('HSETNX', KEYS[1], 'consumed', ARGV[2])`;

/**
 * Adds to an index, and keeps it as long as its longest entry; with a second key, there, when that was. ARGV: now, deadline, entry,
 * milliseconds to keep it beyond.
 */
export const INDEX = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local standing = redis.call('ZSCORE', KEYS[1], ARGV[3])
if not standing or tonumber(standing) < tonumber(ARGV[2]) then redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3]) end
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]
local keep = last ~= 'inf' and tonumber(last) - tonumber(ARGV[1]) + tonumber(ARGV[4])
if keep then redis.call('PEXPIRE', KEYS[1], keep) else redis.call('PERSIST', KEYS[1]) end
if KEYS[2] and keep then redis.call('SET', KEYS[2], ARGV[1], 'PX', keep) end
if KEYS[2] and not keep then redis.call('SET', KEYS[2], ARGV[1]) end
return 1`;
