import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { Cluster, Redis } from 'ioredis';
import { explain } from '../../../src/cli/explain.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { connectRedis, EvictingRedis } from '../../../src/stores/redis/connect.ts';
import { redisLockouts } from '../../../src/stores/redis/lockouts.ts';
import { FakeClock } from '../../support/clock.ts';
import type { OwnServer } from '../../support/own-server.ts';
import { freePort } from '../../support/port.ts';
import { ownRedis } from '../../support/redis.ts';
import { redisCluster } from '../../support/redis-cluster.ts';
import { rejection } from '../../support/rejection.ts';

describe('a connection to Redis', () => {
  let server: OwnServer;
  let admin: Redis;
  let warnings: string[];
  const warn = (message: string) => warnings.push(message);

  before(async () => {
    server = await ownRedis();
    admin = new Redis(server.url);
    admin.on('error', () => undefined);
  });
  after(async () => {
    admin.disconnect();
    await server.close();
  });
  beforeEach(() => {
    warnings = [];
  });

  it('says when Redis is away, and recovers by itself with every block in place', async () => {
    const { redis, probe, close } = await connectRedis({ url: server.url, warn });
    const rule = { attempts: 1, duration: 900_000 };
    const lockouts = redisLockouts({ redis, clock: new FakeClock(), rule });
    await lockouts.spend('ada');
    expect(await probe.ready()).to.equal(true);

    const lost = once(redis, 'close');
    await server.stop();
    await lost;
    expect(await rejection(lockouts.spend('ada')))
      .to.be.instanceOf(Failure)
      .and.to.include({ code: 'unavailable', status: 503 });
    expect(await rejection(probe.ready()))
      .to.be.instanceOf(Failure)
      .and.to.include({ code: 'unavailable' });

    // Not with `once`, which takes a failed try to connect for the end.
    const back = new Promise((resolve) => redis.once('ready', resolve));
    await server.start();
    await back;
    expect(await probe.ready()).to.equal(true);
    expect((await lockouts.spend('ada')).granted).to.equal(false);
    expect(warnings[0]).to.equal('Redis: connection lost');
    expect(warnings.at(-1)).to.equal('Redis: connected again');
    await close();
  });

  it('fails at once where nobody listens', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    expect(await rejection(connectRedis({ url, warn }))).to.include({ code: 'unavailable' });
  });

  for (const scheme of ['redis', 'redis+cluster']) {
    it(`does not wait for who never answers: ${scheme}`, async () => {
      const sockets = new Set<Socket>();
      const silent = createServer((socket) => sockets.add(socket.resume())).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const address = silent.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const url = `${scheme}://127.0.0.1:${port}`;
      expect(await rejection(connectRedis({ url, warn, patience: 50 }))).to.include({ code: 'unavailable' });
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
  }

  it('does not wait for a cluster that is incomplete, and says so', async () => {
    const cluster = await redisCluster({ incomplete: true });
    const refused = await rejection(connectRedis({ url: cluster.url, warn }));
    expect(refused).to.include({ code: 'unavailable' });
    expect(explain(refused).message).to.include('CLUSTER INFO');
    await cluster.close();
  });

  it('says that a cluster is not ready while a slot has no node', async () => {
    const cluster = await redisCluster();
    const { redis, probe, close } = await connectRedis({ url: cluster.url, warn });
    expect(await probe.ready()).to.equal(true);
    await redis.cluster('DELSLOTS', 0);
    expect(await probe.ready()).to.equal(false);
    await close();
    await cluster.close();
  });

  it('has a command that was cut off run once at most, in a cluster, too', async () => {
    // Where one of two nodes is lost, the library does not give the whole cluster up.
    const cluster = await redisCluster({ nodes: 2 });
    for (const url of [server.url, cluster.url]) {
      const { redis, close } = await connectRedis({ url, warn });
      await redis.set('ran', 0);
      const node = redis instanceof Cluster ? await nodeOf('ran', redis, cluster.ports) : redis;
      // Long enough to be cut off in the middle, and it goes on without us.
      const script = "redis.call('INCR', KEYS[1]) for i = 1, 20000000 do local a = i end";
      const cut = rejection(redis.eval(script, 1, 'ran'));
      // Sent with what else is written in this turn.
      setImmediate(() => node.stream.destroy());
      expect(await cut, url).to.be.instanceOf(Error);
      expect(await counted(url, 'ran'), url).to.equal('1');
      await close();
    }
    await cluster.close();
  });

  it('leaves a Redis that became a replica, and is not ready meanwhile', async () => {
    const { redis, probe, close } = await connectRedis({ url: server.url, warn });
    await admin.replicaof('127.0.0.1', 1);
    const again = new Promise((resolve) => redis.once('ready', resolve));
    expect(String(await rejection(redis.set('key', 'value')))).to.include('READONLY');
    await again;
    expect(await rejection(probe.ready())).to.include({ code: 'unavailable' });
    await admin.replicaof('NO', 'ONE');
    while (!(await probe.ready().catch(() => false))) await wait(5);
    await close();
  });

  it('refuses a cluster of which one node throws entries away, and tells of one that is lost', async () => {
    const cluster = await redisCluster({ nodes: 2 });
    const [, second = 0] = cluster.ports;
    const node = new Redis(second);
    await node.config('SET', 'maxmemory-policy', 'allkeys-lru');
    for (let starts = 0; starts < 8; starts += 1) {
      expect(await rejection(connectRedis({ url: cluster.url, warn }))).to.be.instanceOf(EvictingRedis);
    }
    await node.config('SET', 'maxmemory-policy', 'noeviction');
    node.disconnect();
    warnings = [];
    const { redis, close } = await connectRedis({ url: cluster.url, warn });
    await cluster.stop(second);
    const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    while (warnings.length === 0) {
      await Promise.allSettled(keys.map((key) => redis.set(key, '')));
      await wait(5);
    }
    expect(warnings[0]).to.match(new RegExp(`^Redis: 127\\.0\\.0\\.1:${second}: `));
    await close();
    await cluster.close();
  });

  it('says what the nodes of a cluster say', async () => {
    const url = server.url.replace('redis:', 'redis+cluster:');
    const refused = await rejection(connectRedis({ url, warn }));
    expect(refused).to.include({ code: 'unavailable' });
    expect(explain(refused).message).to.include('cluster support disabled');
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^Redis: 127\.0\.0\.1:\d+: ERR This instance has cluster support disabled$/);
  });

  it('refuses a Redis that throws entries away when it is full', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const refused = await rejection(connectRedis({ url: server.url, warn }));
    expect(refused).to.be.instanceOf(EvictingRedis);
    expect(String(refused)).to.include('expected maxmemory-policy noeviction, got allkeys-lru');
    for (let turns = 0; turns < 10; turns += 1) await admin.ping();
    expect(warnings, 'a connection that was given up is not lost').to.deep.equal([]);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
  });

  it('only warns when Redis may not be asked', async () => {
    await admin.acl('SETUSER', 'limited', 'on', '>pass', '~*', '&*', '+@all', '-info', '-config');
    const url = server.url.replace('redis://', 'redis://limited:pass@');
    const { probe, close } = await connectRedis({ url, warn });
    expect(await probe.ready()).to.equal(true);
    expect(warnings).to.deep.equal(['Redis: its maxmemory-policy cannot be read; make sure that it is noeviction']);
    await close();
  });

  it('closes when there is no connection either', async () => {
    const { redis, probe, close } = await connectRedis({ url: server.url, warn });
    const lost = once(redis, 'close');
    await server.stop();
    await lost;
    await close();
    await server.start();
    expect(await rejection(probe.ready())).to.include({ code: 'unavailable' });
  });
});

/** The connection to the node that has a key, of two that share the slots. */
async function nodeOf(key: string, redis: Cluster, ports: readonly number[]): Promise<Redis> {
  const slot = Number(await redis.cluster('KEYSLOT', key));
  const port = ports[slot < 8_192 ? 0 : 1];
  const node = redis.nodes('master').find(({ options }) => options.port === port);
  if (node === undefined) throw new Error('expected a node');
  return node;
}

async function counted(url: string, key: string): Promise<string | null> {
  const { redis, close } = await connectRedis({ url, warn: () => undefined });
  const count = await redis.get(key);
  await close();
  return count;
}
