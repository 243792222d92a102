import type { Result } from 'ioredis';
import type { Clock } from '../../domain/clock.ts';
import type { Limits, SendingLimits, Vault } from '../../domain/ports.ts';
import { countedIn, type Rules, type SendingRules } from '../sending-keys.ts';
import type { RedisClient } from './connect.ts';
import { GRACE } from './keys.ts';
import { reach } from './reach.ts';

/** ARGV: now, then for each key how many may be sent, for how long a count stands, and how long to keep it. Answers which key is full, or 0. */
const TAKE = `
local now = tonumber(ARGV[1])
local counts = {}
for index, key in ipairs(KEYS) do
  local standing = redis.call('HMGET', key, 'count', 'until')
  counts[index] = 0
  if standing[2] and now < tonumber(standing[2]) then counts[index] = tonumber(standing[1]) end
  if counts[index] >= tonumber(ARGV[index * 3 - 1]) then return index end
end
for index, key in ipairs(KEYS) do
  if counts[index] == 0 then
    redis.call('HSET', key, 'count', 1, 'until', now + tonumber(ARGV[index * 3]))
    redis.call('PEXPIRE', key, ARGV[index * 3 + 1])
  else
    redis.call('HINCRBY', key, 'count', 1)
  end
end
return 0`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluisTakeSending(keys: number, ...args: (string | number)[]): Result<number, Context>;
  }
}

/**
 * Counts of what was sent, one hash for each of what is counted: `count`, and `until` when it is 0 again. All of them are read and
 * raised by one command, so that a sending takes from every limit or from none; therefore all lie in one slot of a Cluster.
 *
 * A script of our own and not rate-limiter-flexible, which counts one key a call: what a full limit refuses would have been taken from the
 * others before, and giving it back races with whoever asks meanwhile. It also reads the time of Redis, and not that of the `Clock`.
 */
export function redisLimits<Subject extends string>({
  redis,
  vault,
  clock,
  rules,
  purpose,
}: {
  redis: RedisClient;
  vault: Vault;
  clock: Clock;
  rules: Rules<Subject>;
  /** Keeps apart what is counted for different things. */
  purpose: string;
}): Limits<Subject> {
  redis.defineCommand('sluisTakeSending', { lua: TAKE });
  return {
    async take(named) {
      const counted = countedIn(named, rules, vault);
      const keys = counted.map(({ key }) => `sluis:{${purpose}}:${key}`);
      const limits = counted.flatMap(({ rule }) => [rule.most, rule.within, rule.within + GRACE]);
      const full = await reach(redis.sluisTakeSending(keys.length, ...keys, clock.now(), ...limits)).catch(
        () => undefined,
      );
      if (full === 0) return { granted: true };
      return { granted: false, limit: counted[(full ?? 0) - 1]?.subject ?? 'unknown' };
    },
  };
}

/** Counts of text messages. */
export function redisSendingLimits(parts: {
  redis: RedisClient;
  vault: Vault;
  clock: Clock;
  rules: SendingRules;
}): SendingLimits {
  const limits = redisLimits({ ...parts, purpose: 'sending' });
  return { take: (sending) => limits.take({ ...sending, deployment: '' }) };
}
