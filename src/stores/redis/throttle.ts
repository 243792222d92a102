import type { Result } from 'ioredis';
import type { Clock } from '../../domain/clock.ts';
import type { Throttle, Vault } from '../../domain/ports.ts';
import type { RedisClient } from './connect.ts';
import { GRACE } from './keys.ts';
import { reach } from './reach.ts';

/** ARGV: now; then free, delay, longest, memory and milliseconds to keep for each key. Answers the milliseconds to wait; 0 when granted. */
const SPEND = `
local now, counts, longest = tonumber(ARGV[1]), {}, 0
for i = 1, #KEYS do
  local rule = 5 * i - 3
  local free = tonumber(ARGV[rule])
  local standing = redis.call('HMGET', KEYS[i], 'count', 'last')
  local count, last = tonumber(standing[1] or 0), tonumber(standing[2] or 0)
  if now - last >= tonumber(ARGV[rule + 3]) then count = 0 end
  if count >= free and count > 0 then
    local delay = math.min(tonumber(ARGV[rule + 1]) * 2 ^ (count - free), tonumber(ARGV[rule + 2]))
    longest = math.max(longest, last + delay - now)
  end
  counts[i] = count + 1
end
if longest > 0 then return longest end
for i = 1, #KEYS do
  redis.call('HSET', KEYS[i], 'count', counts[i], 'last', ARGV[1])
  redis.call('PEXPIRE', KEYS[i], ARGV[5 * i + 1])
end
return 0`;

/** ARGV: how many of the keys get one attempt back; the others are forgotten. */
const REFUND = `
for i = 1, #KEYS do
  if i > tonumber(ARGV[1]) or tonumber(redis.call('HGET', KEYS[i], 'count') or 0) <= 1 then redis.call('DEL', KEYS[i])
  else redis.call('HINCRBY', KEYS[i], 'count', -1) end
end
return 1`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluisSpendThrottle(keys: number, ...args: (string | number)[]): Result<number, Context>;
    sluisRefundThrottle(keys: number, ...args: (string | number)[]): Result<number, Context>;
  }
}

/**
 * Attempts that begin to cost time, one hash each: `count` and the time of the `last`. One command a verb, so all keys lie in one
 * slot of a Cluster. Keys are digested with a key of the keyring: people type passwords into the field for their name.
 */
export function redisThrottle({ redis, vault, clock }: { redis: RedisClient; vault: Vault; clock: Clock }): Throttle {
  redis.defineCommand('sluisSpendThrottle', { lua: SPEND });
  redis.defineCommand('sluisRefundThrottle', { lua: REFUND });
  const throttleKey = (key: string) => `sluis:{throttle}:${vault.digest(key, 'throttle')}`;

  return {
    async spend(counts) {
      const keys = counts.map(({ key }) => throttleKey(key));
      const rules = counts.flatMap(({ rule: { free, delay, longest, memory } }) => [
        free,
        delay,
        longest,
        memory,
        memory + GRACE,
      ]);
      const wait = await reach(redis.sluisSpendThrottle(keys.length, ...keys, clock.now(), ...rules));
      return wait > 0 ? { granted: false, wait } : { granted: true };
    },

    async refund(keys, forgotten = []) {
      const all = [...keys, ...forgotten].map(throttleKey);
      await reach(redis.sluisRefundThrottle(all.length, ...all, keys.length));
    },
  };
}
