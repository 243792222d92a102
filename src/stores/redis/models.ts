import type { Result } from 'ioredis';
import type { Clock } from '../../domain/clock.ts';
import type { ModelEntry, ModelKey, Models, StandingGrant, StoredModel, Vault } from '../../domain/ports.ts';
import type { RedisClient } from './connect.ts';
import { digest, GRACE, keyOf } from './keys.ts';
import { ADD, CONSUME, INDEX, STORE } from './model-scripts.ts';
import { reach } from './reach.ts';
import { openJson, sealJson } from './sealed.ts';

/** What works once (RFC 6749, section 4.1.2, and its like): its entry carries the mark that exactly one request can set. */
const ONCE = new Set([
  'AuthorizationCode',
  'RefreshToken',
  'DeviceCode',
  'PushedAuthorizationRequest',
  'BackchannelAuthenticationRequest',
  'PreAuthorizedCode',
]);

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluisStoreModel(key: string, ...args: (string | number)[]): Result<number, Context>;
    sluisAddModel(key: string, ...args: (string | number)[]): Result<number, Context>;
    sluisConsumeModel(key: string, now: number, seconds: number): Result<number, Context>;
    sluisIndexModel(keys: number, ...args: (string | number)[]): Result<number, Context>;
  }
}

interface Written {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly deadline: number | 'inf';
  /** Milliseconds; 0 for ever. */
  readonly keep: number;
  readonly sealed: string;
}

type Write<Answer> = (key: string, what: Written) => Promise<Answer>;

/**
 * A string an entry, its deadline in front; what works once is a hash of `sealed`, `until`, and `consumed` once it was.
 * Commands a verb: one; `upsert` and `add` take one more for each of a grant's index, an account's and a user code; `findByUserCode`
 * takes two; `revokeByGrantId` two and one an entry; `grant` three, and
 * `grantsOf` one and as many a grant.
 */
export function redisModels({ redis, vault, clock }: { redis: RedisClient; vault: Vault; clock: Clock }): Models {
  redis.defineCommand('sluisStoreModel', { numberOfKeys: 1, lua: STORE });
  redis.defineCommand('sluisAddModel', { numberOfKeys: 1, lua: ADD });
  redis.defineCommand('sluisConsumeModel', { numberOfKeys: 1, lua: CONSUME });
  redis.defineCommand('sluisIndexModel', { lua: INDEX });

  /** @param write what puts the entry itself there */
  async function store<Answer>({ model, id }: ModelKey, entry: ModelEntry, write: Write<Answer>): Promise<Answer> {
    const { stored, lifetime, grant, account, userCode } = entry;
    const key = modelKey(model, id);
    const now = clock.now();
    const deadline = lifetime === undefined ? 'inf' : now + lifetime * 1000;
    const keep = lifetime === undefined ? 0 : lifetime * 1000 + GRACE;
    const written = reach(write(key, { now, deadline, keep, sealed: sealJson(vault, stored, key) }));
    if (grant === undefined && userCode === undefined) return written;

    const [answer] = await Promise.all([
      written,
      // All must have been written, or the entry is never handed out: a token that no revocation finds must not exist.
      grant === undefined
        ? 0
        : reach(redis.sluisIndexModel(2, ...indexKeys(modelKey('Grant', grant)), now, deadline, key, GRACE)),
      account === undefined || grant === undefined
        ? 0
        : reach(redis.sluisIndexModel(1, accountKey(account), now, deadline, modelKey('Grant', grant), GRACE)),
      userCode === undefined ? 0 : reach(put(userCodeKey(model, userCode), key, keep)),
    ]);
    return answer;
  }

  function put(key: string, value: string, keep: number): Promise<unknown> {
    return keep === 0 ? redis.set(key, value) : redis.set(key, value, 'PX', keep);
  }

  async function readString(key: string): Promise<StoredModel | undefined> {
    const entry = await reach(redis.get(key));
    if (entry === null) return undefined;
    const space = entry.indexOf(' ');
    if (clock.now() >= deadlineOf(entry.slice(0, space))) return undefined;
    return openJson<StoredModel>(vault, entry.slice(space + 1), key);
  }

  async function readHash(key: string): Promise<StoredModel | undefined> {
    const [sealed, until, consumed] = await reach(redis.hmget(key, 'sealed', 'until', 'consumed'));
    if (sealed == null || clock.now() >= deadlineOf(until)) return undefined;
    const stored = openJson<StoredModel>(vault, sealed, key);
    return stored === undefined || consumed == null ? stored : { ...stored, consumed: Number(consumed) };
  }

  function read(model: string, key: string): Promise<StoredModel | undefined> {
    return ONCE.has(model) ? readHash(key) : readString(key);
  }

  async function readGrant(key: string): Promise<StandingGrant | undefined> {
    const [members, issued] = indexKeys(key);
    const [stored, last, issuedAt] = await Promise.all([
      readString(key),
      reach(redis.zrange(members, -1, '-1', 'WITHSCORES')),
      reach(redis.get(issued)),
    ]);
    if (stored === undefined) return undefined;
    const until = deadlineOf(last[1] ?? '0');
    const isLive = issuedAt !== null && until > clock.now();
    return { id: String(stored.jti), stored, ...(isLive && { issuedAt: Number(issuedAt), until }) };
  }

  /** Short enough to try them all, so digested with a key. */
  function userCodeKey(model: string, userCode: string): string {
    return keyOf(`${model}.code`, vault.digest(userCode, 'user-code'));
  }

  return {
    async upsert(key, entry) {
      await store<unknown>(
        key,
        entry,
        ONCE.has(key.model)
          ? (at, { now, sealed, deadline, keep }) => redis.sluisStoreModel(at, now, sealed, deadline, keep)
          : (at, { sealed, deadline, keep }) => put(at, `${deadline} ${sealed}`, keep),
      );
    },

    async add(key, entry) {
      if (ONCE.has(key.model)) throw new TypeError(`${key.model} is not added: its entries are named by random ids`);
      const added = await store(key, entry, (at, { now, sealed, deadline, keep }) =>
        redis.sluisAddModel(at, now, `${deadline} ${sealed}`, keep),
      );
      return added === 1;
    },

    find: ({ model, id }) => read(model, modelKey(model, id)),

    async findByUserCode(model, userCode) {
      const key = await reach(redis.get(userCodeKey(model, userCode)));
      return key === null ? undefined : read(model, key);
    },

    async consume({ model, id }) {
      const now = clock.now();
      return (await reach(redis.sluisConsumeModel(modelKey(model, id), now, Math.floor(now / 1000)))) === 1;
    },

    async destroy({ model, id }) {
      await reach(redis.del(modelKey(model, id)));
    },

    async revokeByGrantId(grant) {
      const [index] = indexKeys(modelKey('Grant', grant));
      const keys = await reach(redis.zrange(index, 0, '-1'));
      if (keys.length === 0) return;
      // The index goes last, entry by entry: whatever interrupts this, the next revocation finds what was left, and what was added.
      await reach(Promise.all(keys.map((key) => redis.unlink(key))));
      await reach(redis.zrem(index, ...keys));
    },

    grant: (id) => readGrant(modelKey('Grant', id)),

    async grantsOf(account) {
      const keys = await reach(redis.zrangebyscore(accountKey(account), `(${clock.now()}`, '+inf'));
      const found = await Promise.all(keys.map(readGrant));
      return found.filter((grant) => grant !== undefined);
    },
  };
}

function modelKey(model: string, id: string): string {
  return keyOf(model, digest(id));
}

/** What was issued under a grant, and when it was last: in the slot of the grant itself. */
function indexKeys(grant: string): readonly [members: string, issued: string] {
  return [`${grant}:members`, `${grant}:issued`];
}

/** The keys of an account's grants. */
function accountKey(account: string): string {
  return keyOf('Grant.account', digest(account));
}

function deadlineOf(until: string | null | undefined): number {
  return until === 'inf' ? Number.POSITIVE_INFINITY : Number(until);
}
