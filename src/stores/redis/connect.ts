import { Cluster, Redis } from 'ioredis';
import { unavailable } from '../../domain/failure.ts';
import type { Probe } from '../../domain/ports.ts';
import { joinWrites } from './join-writes.ts';
import { reach } from './reach.ts';

export type RedisClient = Redis | Cluster;

export interface RedisConnection {
  readonly redis: RedisClient;
  readonly probe: Probe;
  /** Lets commands under way finish, then closes. */
  close(): Promise<void>;
}

export interface ConnectSettings {
  /** `redis://` or `rediss://` (TLS); with `+cluster` after the scheme, the URL of any one node of a Redis Cluster. */
  readonly url: string;
  /** Told about what an operator should know: a lost connection, a setting that could not be checked. */
  readonly warn: (message: string) => void;
  /** Milliseconds that an answer may take; 2,000 without it. */
  readonly patience?: number;
}

const LONGEST_PAUSE = 2_000;

/**
 * A connection on which every command answers or fails soon: none is queued or sent twice while Redis is away, and it
 * reconnects for ever.
 * @throws `unavailable` when Redis does not answer; an error that says what to change when it may throw entries away
 */
export async function connectRedis({ url, warn, patience = 2_000 }: ConnectSettings): Promise<RedisConnection> {
  const redis = clientFor(url, patience);
  if (redis instanceof Redis) redis.on('connect', () => joinWrites(redis.stream));
  else redis.on('+node', (node: Redis) => node.on('connect', () => joinWrites(node.stream)));
  let closing = false;
  reportTo((message) => {
    if (!closing) warn(message);
  }, redis);

  try {
    await (redis instanceof Cluster ? connectCluster(redis) : redis.connect());
    await refuseEviction(redis, warn);
  } catch (error) {
    // Given up, not lost.
    closing = true;
    redis.disconnect();
    throw error instanceof EvictingRedis ? error : unavailable(error);
  }

  return {
    redis,
    probe: {
      name: 'redis',
      async ready() {
        if (redis instanceof Cluster && !isComplete(await reach(redis.cluster('INFO')))) return false;
        // A replica, and a Redis that is full, answer a ping and take nothing.
        return (await reach(redis.set('sluis:ready', '', 'PX', 1_000))) === 'OK';
      },
    },
    async close() {
      closing = true;
      // Without a connection there is nobody to say goodbye to.
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

/** Tells of a connection that is lost, of each new reason why it does not come back, and of its return; of each node of a cluster, why it fails. */
function reportTo(warn: (message: string) => void, redis: RedisClient): void {
  let state: 'new' | 'up' | 'lost' = 'new';
  let reason = '';
  redis.on('ready', () => {
    if (state === 'lost') warn('Redis: connected again');
    state = 'up';
    reason = '';
  });
  redis.on('close', () => {
    if (state === 'up') warn('Redis: connection lost');
    state = 'lost';
  });
  const reasons = new Map<string, string>();
  redis.on('node error', ({ message }: Error, node: string) => {
    if (message !== reasons.get(node)) warn(`Redis: ${node}: ${message}`);
    reasons.set(node, message);
  });
  redis.on('+node', (node: Redis) => {
    node.on('ready', () => reasons.delete(`${node.options.host}:${node.options.port}`));
  });
  redis.on('error', (error: Error) => {
    const { message } = reasonOf(error);
    if (message !== reason && ![...reasons.values()].includes(message)) warn(`Redis: ${message}`);
    reason = message;
  });
}

/**
 * ioredis tries again when a cluster says that it is incomplete, or does not say in time, and leaves the promise of the
 * first try open.
 * @throws what was wrong with the first try
 */
function connectCluster(cluster: Cluster): Promise<void> {
  return new Promise((resolve, reject) => {
    cluster.once('error', (error) => reject(reasonOf(error)));
    cluster.once('connect', () => {
      cluster.once('close', () =>
        reject(new Error('the Redis Cluster does not say that it is complete (CLUSTER INFO)')),
      );
    });
    cluster.connect().then(resolve, reject);
  });
}

/** What a node said, when all that the cluster has to say is that no node was of use. */
function reasonOf(error: Error): Error {
  return 'lastNodeError' in error && error.lastNodeError instanceof Error ? error.lastNodeError : error;
}

/** Slots without a node answer no command. */
function isComplete(clusterInfo: unknown): boolean {
  return String(clusterInfo).includes('cluster_state:ok');
}

/** Redis is set to throw entries away when it is full: people would be signed out, and blocks lifted, at random. */
export class EvictingRedis extends Error {
  constructor(policy: string) {
    super(
      `Redis: expected maxmemory-policy noeviction, got ${policy}: it would throw sessions and blocks away when full`,
    );
    this.name = 'EvictingRedis';
  }
}

function clientFor(url: string, patience: number): RedisClient {
  const options = {
    lazyConnect: true,
    connectTimeout: patience,
    commandTimeout: patience,
    // Nothing was heard for that long: the connection is given up, not only the command.
    socketTimeout: 2 * patience,
    // A command of which nobody knows whether it ran must fail: sent twice, it would count twice.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // A master that became a replica: its address may lead to the new one.
    reconnectOnError: ({ message }: Error) => message.includes('READONLY'),
  } as const;
  if (!/^rediss?\+cluster:/.test(url)) {
    return new Redis(url, { ...options, enableOfflineQueue: false, retryStrategy: pause });
  }
  const { hostname, port, username, password, protocol } = new URL(url.replace('+cluster', ''));
  return new Cluster([{ host: hostname, port: Number(port || 6379) }], {
    lazyConnect: true,
    enableOfflineQueue: false,
    slotsRefreshTimeout: patience,
    clusterRetryStrategy: pause,
    // Once: what was on its way then fails. From a connection that is given up at once it would be sent a second time, to whoever is there.
    clusterNodeRetryStrategy: (tries) => (tries === 1 ? 20 : null),
    redisOptions: {
      ...options,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  });
}

/** Milliseconds until the next try to connect: soon at first, then ever more seldom, and never at one beat in all processes. */
function pause(tries: number): number {
  return Math.min(50 * 2 ** Math.min(tries, 10), LONGEST_PAUSE) * (0.5 + Math.random() / 2);
}

async function refuseEviction(redis: RedisClient, warn: (message: string) => void): Promise<void> {
  const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis];
  for (const policy of new Set(await Promise.all(nodes.map(evictionPolicy)))) {
    if (policy === undefined) warn('Redis: its maxmemory-policy cannot be read; make sure that it is noeviction');
    else if (policy !== 'noeviction') throw new EvictingRedis(policy);
  }
}

/** From INFO, which hosted servers answer although they forbid CONFIG. Undefined when neither may be asked. */
async function evictionPolicy(redis: Redis): Promise<string | undefined> {
  try {
    const memory = await redis.info('memory');
    return /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  } catch (error) {
    if (error instanceof Error && /^(NOPERM|ERR unknown command)/.test(error.message)) return undefined;
    throw error;
  }
}
