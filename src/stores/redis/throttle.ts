import type { Result } from 'ioredis';
import type { Clock } from '../../domain/clock.ts';
import type { Throttle, Vault } from '../../domain/ports.ts';
import type { RedisClient } from './connect.ts';
import { GRACE, keyOf } from './keys.ts';
import { reach } from './reach.ts';

/** ARGV: now, free, delay, longest, memory, milliseconds to keep. Answers the milliseconds to wait; 0 when granted. */
const SPEND = `
local now, free, memory = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[5])
local standing = redis.call('HMGET', KEYS[1], 'count', 'last')
local count, last = tonumber(standing[1] or 0), tonumber(standing[2] or 0)
if now - last >= memory then count = 0 end
if count >= free and count > 0 then
  local delay = math.min(tonumber(ARGV[3]) * 2 ^ (count - free), tonumber(ARGV[4]))
  if now < last + delay then return last + delay - now end
end
redis.call('HSET', KEYS[1], 'count', count + 1, 'last', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return 0`;

const REFUND = `
local count = tonumber(redis.call('HGET', KEYS[1], 'count') or 0)
if count <= 1 then return redis.call('DEL', KEYS[1]) end
return redis.call('HINCRBY', KEYS[1], 'count', -1)`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluisSpendThrottle(key: string, ...args: (string | number)[]): Result<number, Context>;
    sluisRefundThrottle(key: string): Result<number, Context>;
  }
}

/**
 * Attempts that begin to cost time, one hash each: `count` and the time of the `last`. One command a verb.
 * Keys are digested with a key of the keyring: people type passwords into the field for their name.
 */
export function redisThrottle({ redis, vault, clock }: { redis: RedisClient; vault: Vault; clock: Clock }): Throttle {
  redis.defineCommand('sluisSpendThrottle', { numberOfKeys: 1, lua: SPEND });
  redis.defineCommand('sluisRefundThrottle', { numberOfKeys: 1, lua: REFUND });
  const throttleKey = (key: string) => keyOf('throttle', vault.digest(key, 'throttle'));

  return {
    async spend(key, { free, delay, longest, memory }) {
      const wait = await reach(
        redis.sluisSpendThrottle(throttleKey(key), clock.now(), free, delay, longest, memory, memory + GRACE),
      );
      return wait > 0 ? { granted: false, wait } : { granted: true };
    },

    async refund(key) {
      await reach(redis.sluisRefundThrottle(throttleKey(key)));
    },

    async clear(key) {
      await reach(redis.del(throttleKey(key)));
    },
  };
}
