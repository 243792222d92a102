import type { Result } from 'ioredis';
import type { Clock } from '../../domain/clock.ts';
import type { Login } from '../../domain/login.ts';
import type { Logins, Vault } from '../../domain/ports.ts';
import type { RedisClient } from './connect.ts';
import { digest, GRACE, keyOf } from './keys.ts';
import { reach } from './reach.ts';
import { openJson, sealJson } from './sealed.ts';

/** ARGV: now, version seen, next version, deadline, sealed login, milliseconds to keep. */
const SAVE = `
local standing = redis.call('HMGET', KEYS[1], 'version', 'until')
local version = standing[1] or '0'
if standing[2] and tonumber(ARGV[1]) >= tonumber(standing[2]) then version = '0' end
if version ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'until', ARGV[4], 'sealed', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return 1`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluisSaveLogin(key: string, ...args: (string | number)[]): Result<number, Context>;
  }
}

/** Sign-ins in progress, one hash each: `version` and `until` for the script, and the login sealed. One command a verb. */
export function redisLogins({ redis, vault, clock }: { redis: RedisClient; vault: Vault; clock: Clock }): Logins {
  redis.defineCommand('sluisSaveLogin', { numberOfKeys: 1, lua: SAVE });

  return {
    async find(uid) {
      const key = loginKey(uid);
      const [sealed, until] = await reach(redis.hmget(key, 'sealed', 'until'));
      if (sealed == null || clock.now() >= Number(until)) return undefined;
      return openJson<Login>(vault, sealed, key);
    },

    async save(login, lifetime) {
      const key = loginKey(login.uid);
      const now = clock.now();
      const version = login.version + 1;
      const sealed = sealJson(vault, { ...login, version }, key);
      const saved = await reach(
        redis.sluisSaveLogin(key, now, login.version, version, now + lifetime, sealed, lifetime + GRACE),
      );
      return saved === 1;
    },

    async remove(uid) {
      await reach(redis.del(loginKey(uid)));
    },
  };
}

function loginKey(uid: string): string {
  return keyOf('login', digest(uid));
}
