import { Redis } from 'ioredis';
import { temporaryDirectory } from './directory.ts';
import { freePort } from './port.ts';
import { program } from './program.ts';
import { startServer } from './server-process.ts';

/** Nodes talk to each other on a port that lies this far above the one for clients. */
const CLUSTER_BUS = 10_000;
const SLOTS = 16_384;

export interface RedisCluster {
  /** Of the first node. */
  readonly url: string;
  /** Port of each node, on loopback. */
  readonly ports: readonly number[];
  /** Stops one node, for good. */
  stop(port: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * A Redis Cluster of masters that share the slots; with none of them, it answers and says that it is incomplete.
 * It refuses every command whose keys lie in more than one slot.
 */
export async function redisCluster({ nodes = 1, incomplete = false } = {}): Promise<RedisCluster> {
  const running = new Map<number, () => Promise<void>>();
  for (let count = 0; count < nodes; count += 1) {
    const { port, close } = await startNode();
    running.set(port, close);
  }
  const ports = [...running.keys()];
  if (!incomplete) await serveEverySlot(ports);
  const stop = async (port: number) => {
    await running.get(port)?.();
    running.delete(port);
  };
  return {
    url: `redis+cluster://127.0.0.1:${ports[0]}`,
    ports,
    stop,
    async close() {
      await Promise.all([...running.keys()].map(stop));
    },
  };
}

async function startNode(): Promise<{ port: number; close(): Promise<void> }> {
  const directory = await temporaryDirectory();
  const port = await freePort(CLUSTER_BUS);
  const settings = ['--port', `${port}`, '--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
  const stop = await startServer({
    command: program('redis-server', 'redis-server'),
    args: ['--bind', '127.0.0.1', '--dir', directory.path, '--save', '', ...settings],
    directory: directory.path,
    probe: () => asNode(port, async (redis) => void (await redis.ping())),
    stopSignal: 'SIGTERM',
    abort: (pid) => process.kill(pid, 'SIGKILL'),
  });
  return {
    port,
    async close() {
      await stop();
      await directory.remove();
    },
  };
}

async function serveEverySlot(ports: readonly number[]): Promise<void> {
  const [first = 0, ...others] = ports;
  const share = Math.ceil(SLOTS / ports.length);
  for (const [index, port] of ports.entries()) {
    const slots = Array.from({ length: SLOTS }, (_, slot) => slot).slice(index * share, (index + 1) * share);
    await asNode(port, async (redis) => void (await redis.cluster('ADDSLOTS', ...slots)));
  }
  for (const port of others) {
    await asNode(first, async (redis) => void (await redis.cluster('MEET', '127.0.0.1', port)));
  }
  // It takes some seconds to call itself complete.
  for (const port of ports) while (!(await isComplete(port)));
}

async function isComplete(port: number): Promise<boolean> {
  return asNode(port, async (redis) => {
    const info = String(await redis.cluster('INFO'));
    return info.includes('cluster_state:ok') && info.includes(`cluster_slots_ok:${SLOTS}`);
  });
}

async function asNode<Answer>(port: number, ask: (redis: Redis) => Promise<Answer>): Promise<Answer> {
  const redis = new Redis(port, { lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}
