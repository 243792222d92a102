import type { Result } from 'ioredis';
import type { Clock } from '../../domain/clock.ts';
import type { LockoutRule, Lockouts } from '../../domain/ports.ts';
import type { RedisClient } from './connect.ts';
import { digest, GRACE, keyOf } from './keys.ts';
import { reach } from './reach.ts';

/** ARGV: now, attempts, end of a block that starts now, milliseconds to keep a block. Answers attempts left, or -1 and the end of the block. */
const SPEND = `
local standing = redis.call('HMGET', KEYS[1], 'count', 'until')
local count = tonumber(standing[1] or 0)
if standing[2] then
  if tonumber(ARGV[1]) < tonumber(standing[2]) then return {-1, standing[2]} end
  count = 0
end
count = count + 1
local left = math.max(tonumber(ARGV[2]) - count, 0)
redis.call('HSET', KEYS[1], 'count', count)
if left > 0 then
  redis.call('HDEL', KEYS[1], 'until')
  redis.call('PERSIST', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'until', ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return {left, '0'}`;

/** ARGV: now. */
const REFUND = `
local standing = redis.call('HMGET', KEYS[1], 'count', 'until')
local count = tonumber(standing[1] or 0) - 1
if standing[2] and tonumber(ARGV[1]) >= tonumber(standing[2]) then count = 0 end
if count <= 0 then return redis.call('DEL', KEYS[1]) end
redis.call('HSET', KEYS[1], 'count', count)
redis.call('HDEL', KEYS[1], 'until')
return redis.call('PERSIST', KEYS[1])`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluisSpendLockout(key: string, ...args: (string | number)[]): Result<[number, string], Context>;
    sluisRefundLockout(key: string, now: number): Result<number, Context>;
  }
}

/**
 * Attempts and blocks, one hash each: `count`, and `until` while there is a block. A count without a block never expires:
 * wrong answers are forgotten after a success alone. One command a verb.
 */
export function redisLockouts({
  redis,
  clock,
  rule,
}: {
  redis: RedisClient;
  clock: Clock;
  rule: LockoutRule;
}): Lockouts {
  redis.defineCommand('sluisSpendLockout', { numberOfKeys: 1, lua: SPEND });
  redis.defineCommand('sluisRefundLockout', { numberOfKeys: 1, lua: REFUND });

  return {
    async spend(key) {
      const now = clock.now();
      const [left, until] = await reach(
        redis.sluisSpendLockout(lockoutKey(key), now, rule.attempts, now + rule.duration, rule.duration + GRACE),
      );
      return left < 0 ? { granted: false, until: Number(until) } : { granted: true, left };
    },

    async until(key) {
      const until = await reach(redis.hget(lockoutKey(key), 'until'));
      return until === null || clock.now() >= Number(until) ? undefined : Number(until);
    },

    async refund(key) {
      await reach(redis.sluisRefundLockout(lockoutKey(key), clock.now()));
    },

    async clear(key) {
      await reach(redis.del(lockoutKey(key)));
    },
  };
}

function lockoutKey(key: string): string {
  return keyOf('lockout', digest(key));
}
