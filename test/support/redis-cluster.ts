import { Redis } from 'ioredis';
import { temporaryDirectory } from './directory.ts';
import { freePort } from './port.ts';
import { program } from './program.ts';
import { startServer } from './server-process.ts';

/** Nodes talk to each other on a port that lies this far above the one for clients. */
const CLUSTER_BUS = 10_000;

/**
 * A Redis Cluster of one node. `incomplete`, it answers and says that slots have no node; otherwise it serves all of them.
 * It refuses every command whose keys lie in more than one slot.
 */
export async function redisCluster({ incomplete = false } = {}): Promise<{ url: string; close(): Promise<void> }> {
  const directory = await temporaryDirectory();
  const port = await freePort(CLUSTER_BUS);
  const settings = ['--port', `${port}`, '--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
  const stop = await startServer({
    command: program('redis-server', 'redis-server'),
    args: ['--bind', '127.0.0.1', '--dir', directory.path, '--save', '', ...settings],
    directory: directory.path,
    probe: () => asNode(port, incomplete ? answers : serveEverySlot),
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

async function asNode(port: number, ask: (redis: Redis) => Promise<void>): Promise<void> {
  const redis = new Redis(port, { lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await ask(redis);
  } finally {
    redis.disconnect();
  }
}

async function answers(redis: Redis): Promise<void> {
  await redis.ping();
}

/** Gives the node every slot that it lacks. @throws until it says that the cluster is complete */
async function serveEverySlot(redis: Redis): Promise<void> {
  const info = String(await redis.cluster('INFO'));
  if (info.includes('cluster_slots_assigned:0')) {
    await redis.cluster('ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => slot));
  }
  if (!info.includes('cluster_state:ok')) throw new Error('expected a complete cluster');
}
