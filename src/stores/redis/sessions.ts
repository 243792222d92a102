import type { Result } from 'ioredis';
import type { Clock } from '../../domain/clock.ts';
import type { Sessions, StoredModel, StoredSession, Vault } from '../../domain/ports.ts';
import type { RedisClient } from './connect.ts';
import { digest, GRACE, keyOf } from './keys.ts';
import { reach } from './reach.ts';
import { openJson, sealJson } from './sealed.ts';

/**
 * ARGV: now, deadline, milliseconds to keep, digest of the cookie, digest of the cookie it was found as ('' for a new session),
 * sealed session, how many fields to delete, those fields, then fields and values to set.
 */
const SAVE = `
local standing = redis.call('HMGET', KEYS[1], 'until', 'cookie')
if ARGV[5] ~= '' and (not standing[1] or tonumber(ARGV[1]) >= tonumber(standing[1])) then return 0 end
local gone = tonumber(ARGV[7])
for i = 8, 7 + gone do redis.call('HDEL', KEYS[1], ARGV[i]) end
for i = 8 + gone, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
if ARGV[4] == ARGV[5] and ARGV[5] ~= standing[2] then return 1 end
redis.call('HSET', KEYS[1], 'until', ARGV[2], 'cookie', ARGV[4], 'sealed', ARGV[6])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`;

/** ARGV: now, deadline, milliseconds to keep, digest of the session's uid. What is over goes, and the longest lifetime counts. */
const LIST = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[4])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 1`;

/** Before the client id in the name of an authorization's field. */
const AUTHORIZATION = 'a:';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluisSaveSession(key: string, ...args: (string | number)[]): Result<number, Context>;
    sluisListSession(key: string, ...args: (string | number)[]): Result<number, Context>;
  }
}

/**
 * One hash a session (`sealed`, `until`, digest of its `cookie`, and `a:<client id>` for each authorization, so that parallel
 * requests of several clients never overwrite one another), one string a cookie that points to it, and one sorted set an account with
 * its sessions by their deadlines.
 * Commands: two for `findByCookie`, `save` and `end`, one more for the `save` with which somebody signs in, one for the rest, and for
 * `ofAccount` one a session besides.
 */
export function redisSessions({ redis, vault, clock }: { redis: RedisClient; vault: Vault; clock: Clock }): Sessions {
  redis.defineCommand('sluisSaveSession', { numberOfKeys: 1, lua: SAVE });
  redis.defineCommand('sluisListSession', { numberOfKeys: 1, lua: LIST });

  async function read(key: string): Promise<StoredSession | undefined> {
    const { sealed, until, cookie: _, ...fields } = await reach(redis.hgetall(key));
    if (sealed === undefined || clock.now() >= Number(until)) return undefined;
    const stored = openJson<StoredModel>(vault, sealed, key);
    if (stored === undefined) return undefined;

    const authorizations = Object.entries(fields).flatMap(([field, value]) => {
      const authorization = openJson(vault, value, `${key}${field}`);
      return authorization === undefined ? [] : [[field.slice(AUTHORIZATION.length), authorization]];
    });
    return { stored, authorizations: Object.fromEntries(authorizations) };
  }

  return {
    async findByCookie(cookie) {
      const pointer = cookieKey(digest(cookie));
      const sealed = await reach(redis.get(pointer));
      const key = sealed === null ? undefined : openJson<string>(vault, sealed, pointer);
      return key === undefined ? undefined : read(key);
    },

    findByUid: (uid) => read(sessionKey(digest(uid))),

    async ofAccount(account) {
      const listed = await reach(redis.zrangebyscore(accountKey(account), clock.now(), '+inf'));
      const found = await Promise.all(listed.map((digested) => read(sessionKey(digested))));
      // The session may be somebody else's by now.
      return found.filter((session) => session !== undefined).filter(({ stored }) => stored.accountId === account);
    },

    async save({ uid, cookie, foundAs, stored, authorizations, withdrawn }, lifetime) {
      const key = sessionKey(digest(uid));
      const now = clock.now();
      const keep = lifetime * 1000 + GRACE;
      const added = Object.entries(authorizations).flatMap(([client, value]) => {
        const field = `${AUTHORIZATION}${client}`;
        return [field, sealJson(vault, value, `${key}${field}`)];
      });
      const removed = withdrawn.map((client) => `${AUTHORIZATION}${client}`);
      const pointer = cookieKey(digest(cookie));
      const target = sealJson(vault, key, pointer);

      const [saved] = await Promise.all([
        reach(
          redis.sluisSaveSession(
            key,
            now,
            now + lifetime * 1000,
            keep,
            digest(cookie),
            foundAs === undefined ? '' : digest(foundAs),
            sealJson(vault, stored, key),
            removed.length,
            ...removed,
            ...added,
          ),
        ),
        // A cookie value that another request dropped meanwhile must not come back to life.
        reach(
          cookie === foundAs ? redis.set(pointer, target, 'PX', keep, 'XX') : redis.set(pointer, target, 'PX', keep),
        ),
        // Who signs in gets a new cookie.
        typeof stored.accountId === 'string' && cookie !== foundAs
          ? reach(redis.sluisListSession(accountKey(stored.accountId), now, now + lifetime * 1000, keep, digest(uid)))
          : undefined,
      ]);
      return saved === 1;
    },

    async dropCookie(cookie) {
      await reach(redis.del(cookieKey(digest(cookie))));
    },

    async end(cookie) {
      const pointer = cookieKey(digest(cookie));
      const sealed = await reach(redis.getdel(pointer));
      const key = sealed === null ? undefined : openJson<string>(vault, sealed, pointer);
      if (key !== undefined) await reach(redis.del(key));
    },

    // What pointed to it leads nowhere from then on, and goes with its own deadline.
    async endByUid(uid) {
      await reach(redis.del(sessionKey(digest(uid))));
    },

    async withdraw(uid, client) {
      await reach(redis.hdel(sessionKey(digest(uid)), `${AUTHORIZATION}${client}`));
    },
  };
}

function sessionKey(digested: string): string {
  return keyOf('Session', digested);
}

function accountKey(account: string): string {
  return keyOf('Session.account', digest(account));
}

function cookieKey(digested: string): string {
  return keyOf('Session.cookie', digested);
}
