import type { Redis } from 'ioredis';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

const consumable = new Set(['AuthorizationCode', 'RefreshToken', 'DeviceCode', 'PushedAuthorizationRequest']);
const grantable = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode']);

/** What many deployments of oidc-provider have: its models as plain JSON in Redis, without encryption and without regard to races. */
export function plainAdapter(redis: Redis): AdapterFactory {
  return (model) => new PlainAdapter(redis, model);
}

class PlainAdapter implements Adapter {
  readonly #redis: Redis;
  readonly #model: string;

  constructor(redis: Redis, model: string) {
    this.#redis = redis;
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload, seconds: number): Promise<void> {
    const key = this.#key(id);
    const { grantId, uid, userCode } = payload;
    const json = JSON.stringify(payload);
    const write = this.#redis.multi();
    if (consumable.has(this.#model)) write.hset(key, { payload: json });
    else write.set(key, json);
    write.expire(key, seconds);
    if (grantable.has(this.#model) && grantId !== undefined) {
      const grant = `grant:${grantId}`;
      write.rpush(grant, key);
      // The list lives as long as its longest entry.
      if (seconds > (await this.#redis.ttl(grant))) write.expire(grant, seconds);
    }
    if (userCode !== undefined) write.set(`userCode:${userCode}`, id).expire(`userCode:${userCode}`, seconds);
    if (uid !== undefined) write.set(`uid:${uid}`, id).expire(`uid:${uid}`, seconds);
    await write.exec();
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (!consumable.has(this.#model)) return parse(await this.#redis.get(this.#key(id)));
    const [payload, consumed] = await this.#redis.hmget(this.#key(id), 'payload', 'consumed');
    const found = parse(payload);
    return found && typeof consumed === 'string' ? { ...found, consumed: Number(consumed) } : found;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findBy(`uid:${uid}`);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findBy(`userCode:${userCode}`);
  }

  async consume(id: string): Promise<void> {
    await this.#redis.hset(this.#key(id), 'consumed', Math.floor(Date.now() / 1000));
  }

  async destroy(id: string): Promise<void> {
    await this.#redis.del(this.#key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    const keys = await this.#redis.lrange(`grant:${grantId}`, 0, -1);
    await this.#redis.del(`grant:${grantId}`, ...keys);
  }

  async #findBy(pointer: string): Promise<AdapterPayload | undefined> {
    const id = await this.#redis.get(pointer);
    return id === null ? undefined : this.find(id);
  }

  #key(id: string): string {
    return `${this.#model}:${id}`;
  }
}

function parse(json: string | null | undefined): AdapterPayload | undefined {
  return typeof json === 'string' ? (JSON.parse(json) as AdapterPayload) : undefined;
}
