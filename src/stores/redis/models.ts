import type { Result } from 'ioredis';
import type { Clock } from '../../domain/clock.ts';
import type { ModelEntry, ModelKey, Models, StoredModel, Vault } from '../../domain/ports.ts';
import type { RedisClient } from './connect.ts';
import { digest, GRACE, keyOf } from './keys.ts';
import { reach } from './reach.ts';
import { openJson, sealJson } from './sealed.ts';

/** ARGV: now, sealed entry, deadline (`inf` for none), milliseconds to keep (0 for ever), `add` or `upsert`. */
const STORE = `
local deadline = redis.call('HGET', KEYS[1], 'until')
if deadline then
  if tonumber(ARGV[1]) >= tonumber(deadline) then redis.call('DEL', KEYS[1])
  elseif ARGV[5] == 'add' then return 0 end
end
redis.call('HSET', KEYS[1], 'sealed', ARGV[2], 'until', ARGV[3])
if ARGV[4] == '0' then redis.call('PERSIST', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
return 1`;

/** ARGV: now, and the same in seconds. */
const CONSUME = `
local deadline = redis.call('HGET', KEYS[1], 'until')
if not deadline or tonumber(ARGV[1]) >= tonumber(deadline) then return 0 end
return redis.call('HSETNX', KEYS[1], 'consumed', ARGV[2])`;

/** Adds to a grant's index, and keeps it as long as its longest entry. ARGV: now, deadline, key of the entry. */
const INDEX = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]
if last == 'inf' then redis.call('PERSIST', KEYS[1])
else redis.call('PEXPIRE', KEYS[1], tonumber(last) - tonumber(ARGV[1]) + tonumber(ARGV[4])) end
return 1`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluisStoreModel(key: string, ...args: (string | number)[]): Result<number, Context>;
    sluisConsumeModel(key: string, now: number, seconds: number): Result<number, Context>;
    sluisIndexModel(key: string, ...args: (string | number)[]): Result<number, Context>;
  }
}

/**
 * One hash an entry: `sealed`, `until`, and `consumed` once it was. Commands a verb: one; `upsert` and `add` take one more
 * for a grant's index and one for a user code; `findByUserCode` takes two; `revokeByGrantId` two and one an entry.
 */
export function redisModels({ redis, vault, clock }: { redis: RedisClient; vault: Vault; clock: Clock }): Models {
  redis.defineCommand('sluisStoreModel', { numberOfKeys: 1, lua: STORE });
  redis.defineCommand('sluisConsumeModel', { numberOfKeys: 1, lua: CONSUME });
  redis.defineCommand('sluisIndexModel', { numberOfKeys: 1, lua: INDEX });

  async function store({ model, id }: ModelKey, entry: ModelEntry, how: 'add' | 'upsert'): Promise<boolean> {
    const { stored, lifetime, grant, userCode } = entry;
    const key = modelKey(model, id);
    const now = clock.now();
    const deadline = lifetime === undefined ? 'inf' : now + lifetime * 1000;
    const keep = lifetime === undefined ? 0 : lifetime * 1000 + GRACE;
    const sealed = sealJson(vault, stored, key);

    const [done] = await Promise.all([
      reach(redis.sluisStoreModel(key, now, sealed, deadline, keep, how)),
      // Both must have been written, or the entry is never handed out: a token that no revocation finds must not exist.
      grant === undefined ? 0 : reach(redis.sluisIndexModel(indexKey(grant), now, deadline, key, GRACE)),
      userCode === undefined ? 0 : reach(pointTo(key, userCodeKey(model, userCode), keep)),
    ]);
    return done === 1;
  }

  function pointTo(key: string, from: string, keep: number): Promise<unknown> {
    return keep === 0 ? redis.set(from, key) : redis.set(from, key, 'PX', keep);
  }

  async function read(key: string): Promise<StoredModel | undefined> {
    const [sealed, until, consumed] = await reach(redis.hmget(key, 'sealed', 'until', 'consumed'));
    if (sealed == null || clock.now() >= deadlineOf(until)) return undefined;
    const stored = openJson<StoredModel>(vault, sealed, key);
    return stored === undefined || consumed == null ? stored : { ...stored, consumed: Number(consumed) };
  }

  /** Short enough to try them all, so digested with a key. */
  function userCodeKey(model: string, userCode: string): string {
    return keyOf(`${model}.code`, vault.digest(userCode, 'user-code'));
  }

  return {
    async upsert(key, entry) {
      await store(key, entry, 'upsert');
    },

    add: (key, entry) => store(key, entry, 'add'),

    find: ({ model, id }) => read(modelKey(model, id)),

    async findByUserCode(model, userCode) {
      const key = await reach(redis.get(userCodeKey(model, userCode)));
      return key === null ? undefined : read(key);
    },

    async consume({ model, id }) {
      const now = clock.now();
      return (await reach(redis.sluisConsumeModel(modelKey(model, id), now, Math.floor(now / 1000)))) === 1;
    },

    async destroy({ model, id }) {
      await reach(redis.del(modelKey(model, id)));
    },

    async revokeByGrantId(grant) {
      const index = indexKey(grant);
      const keys = await reach(redis.zrange(index, 0, '-1'));
      if (keys.length === 0) return;
      // The index goes last, entry by entry: whatever interrupts this, the next revocation finds what was left, and what was added.
      await reach(Promise.all(keys.map((key) => redis.unlink(key))));
      await reach(redis.zrem(index, ...keys));
    },
  };
}

function modelKey(model: string, id: string): string {
  return keyOf(model, digest(id));
}

/** In the slot of the grant itself. */
function indexKey(grant: string): string {
  return `${modelKey('Grant', grant)}:members`;
}

function deadlineOf(until: string | null | undefined): number {
  return until === 'inf' ? Number.POSITIVE_INFINITY : Number(until);
}
