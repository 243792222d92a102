import { Redis } from 'ioredis';
import { temporaryDirectory } from './directory.ts';
import type { OwnServer } from './own-server.ts';
import { freePort } from './port.ts';
import { program } from './program.ts';
import { startServer } from './server-process.ts';

const DATABASES = 256;
const taken = new Set<number>();
let shared: Promise<string> | undefined;

/**
 * An empty logical database of one redis-server that all tests of this process share.
 * Published messages are not kept apart by database: a channel name must not rely on that.
 */
export async function freshRedis(): Promise<{ url: string; redis: Redis; close(): Promise<void> }> {
  shared ??= startRedis(['--save', '', '--appendonly', 'no']).then(({ url }) => url);
  const server = await shared;
  const database = Array.from({ length: DATABASES }, (_, index) => index).find((index) => !taken.has(index));
  if (database === undefined) throw new Error(`all ${DATABASES} databases are in use: does every test close its own?`);
  taken.add(database);

  const url = `${server}/${database}`;
  const redis = new Redis(url);
  await redis.flushdb();
  return {
    url,
    redis,
    async close() {
      redis.disconnect();
      taken.delete(database);
    },
  };
}

/** A redis-server of one's own, which keeps its data when it is stopped and started. */
export function ownRedis(): Promise<OwnServer> {
  return startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
}

async function startRedis(settings: readonly string[]): Promise<OwnServer> {
  const command = program('redis-server', 'redis-server');
  const directory = await temporaryDirectory();
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const args = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', directory.path, '--databases', `${DATABASES}`];
  const run = () =>
    startServer({
      command,
      args: [...args, '--maxmemory-policy', 'noeviction', ...settings],
      directory: directory.path,
      probe: () => ping(url),
      stopSignal: 'SIGTERM',
      abort: (pid) => process.kill(pid, 'SIGKILL'),
    });

  let stop = await run();
  return {
    url,
    stop: () => stop(),
    async start() {
      stop = await run();
    },
    async close() {
      await stop();
      await directory.remove();
    },
  };
}

async function ping(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
  } finally {
    redis.disconnect();
  }
}
