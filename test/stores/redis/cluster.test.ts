import { Keyring } from '../../../src/crypto/keyring.ts';
import { connectRedis, type RedisConnection } from '../../../src/stores/redis/connect.ts';
import { redisLockouts } from '../../../src/stores/redis/lockouts.ts';
import { redisLogins } from '../../../src/stores/redis/logins.ts';
import { redisModels } from '../../../src/stores/redis/models.ts';
import { redisSendingLimits } from '../../../src/stores/redis/sending-limits.ts';
import { redisSessions } from '../../../src/stores/redis/sessions.ts';
import { redisThrottle } from '../../../src/stores/redis/throttle.ts';
import { lockoutsContract } from '../../contracts/lockouts.ts';
import { loginsContract } from '../../contracts/logins.ts';
import { modelsContract } from '../../contracts/models.ts';
import { sendingLimitsContract } from '../../contracts/sending-limits.ts';
import { sessionsContract } from '../../contracts/sessions.ts';
import { throttleContract } from '../../contracts/throttle.ts';
import { FakeClock } from '../../support/clock.ts';
import { redisCluster } from '../../support/redis-cluster.ts';

/** Which refuses every command whose keys lie in more than one slot. */
describe('stores in a Redis Cluster', () => {
  let node: { url: string; close(): Promise<void> } | undefined;
  let connection: RedisConnection | undefined;

  before(async () => {
    node = await redisCluster();
    connection = await connectRedis({ url: node.url, warn: () => {} });
  });
  after(async () => {
    await connection?.close();
    await node?.close();
  });

  async function open() {
    if (connection === undefined) throw new Error('expected a connection');
    const { redis } = connection;
    await redis.flushall();
    return { redis, vault: new Keyring([Buffer.alloc(32, 7)]), clock: new FakeClock(), close: async () => {} };
  }

  loginsContract(async () => {
    const parts = await open();
    return { ...parts, logins: redisLogins(parts) };
  });
  throttleContract(async () => {
    const parts = await open();
    return { ...parts, throttle: redisThrottle(parts) };
  });
  sendingLimitsContract(async (rules) => {
    const parts = await open();
    return { ...parts, limits: redisSendingLimits({ ...parts, rules }) };
  });
  modelsContract(async () => {
    const parts = await open();
    return { ...parts, models: redisModels(parts) };
  });
  sessionsContract(async () => {
    const parts = await open();
    return { ...parts, sessions: redisSessions(parts) };
  });
  lockoutsContract(async (rule, clock) => {
    const { redis, close } = await open();
    const lockouts = redisLockouts({ redis, clock, rule });
    return { lockouts, reopen: async () => lockouts, close };
  });
});
