import { Redis } from 'ioredis';
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
import { temporaryDirectory } from '../../support/directory.ts';
import { freePort } from '../../support/port.ts';
import { program } from '../../support/program.ts';
import { startServer } from '../../support/server-process.ts';

/** A Redis Cluster, of one node, refuses every command whose keys lie in more than one slot. */
describe('stores in a Redis Cluster', () => {
  let node: { url: string; close(): Promise<void> } | undefined;
  let connection: RedisConnection | undefined;

  before(async function () {
    // A cluster takes some seconds to call itself complete.
    this.timeout(30_000);
    node = await startNode();
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

async function startNode(): Promise<{ url: string; close(): Promise<void> }> {
  const directory = await temporaryDirectory();
  const port = await freePort();
  const settings = ['--port', `${port}`, '--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
  const stop = await startServer({
    command: program('redis-server', 'redis-server'),
    args: ['--bind', '127.0.0.1', '--dir', directory.path, '--save', '', ...settings],
    directory: directory.path,
    probe: () => serveEverySlot(port),
    stopSignal: 'SIGTERM',
    abort: (pid) => process.kill(pid, 'SIGKILL'),
  });
  return {
    url: `redis+cluster://127.0.0.1:${port}`,
    async close() {
      await stop();
      await directory.remove();
    },
  };
}

/** Gives the node every slot that it lacks. @throws until it says that the cluster is complete */
async function serveEverySlot(port: number): Promise<void> {
  const redis = new Redis(port, { lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = String(await redis.cluster('INFO'));
    if (info.includes('cluster_slots_assigned:0')) {
      await redis.cluster('ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => slot));
    }
    if (!info.includes('cluster_state:ok')) throw new Error('expected a complete cluster');
  } finally {
    redis.disconnect();
  }
}
