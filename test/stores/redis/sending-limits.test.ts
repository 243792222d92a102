import { once } from 'node:events';
import { expect } from 'chai';
import { Keyring } from '../../../src/crypto/keyring.ts';
import { connectRedis } from '../../../src/stores/redis/connect.ts';
import { redisSendingLimits } from '../../../src/stores/redis/sending-limits.ts';
import { sendingLimitsContract } from '../../contracts/sending-limits.ts';
import { FakeClock } from '../../support/clock.ts';
import { ownRedis } from '../../support/redis.ts';
import { openRedis } from './open.ts';

const rule = { most: 100, within: 60_000 };
const rules = { number: rule, account: rule, address: rule, destination: rule, deployment: rule };
const sending = { number: '+31612345678', account: 'noor', address: '192.0.2.1', destination: 'NL' };

describe('sending limits in Redis', () => {
  sendingLimitsContract(async (given) => {
    const parts = await openRedis();
    return { ...parts, limits: redisSendingLimits({ ...parts, rules: given }) };
  });

  it('keep no number, account or address that could be read', async () => {
    const { redis, close, ...parts } = await openRedis();
    await redisSendingLimits({ redis, ...parts, rules }).take(sending);
    const keys = await redis.keys('*');
    expect(keys).to.have.length(5);
    const values = await Promise.all(keys.map((key) => redis.hgetall(key)));
    const dump = [...keys, ...values.flatMap((fields) => Object.entries(fields).flat())].join('\n');
    for (const name of ['612345678', 'noor', '192.0.2.1']) expect(dump).to.not.contain(name);
    await close();
  });

  it('let Redis forget what is over', async () => {
    const { redis, close, ...parts } = await openRedis();
    await redisSendingLimits({ redis, ...parts, rules }).take(sending);
    for (const key of await redis.keys('*')) expect(await redis.pttl(key)).to.be.within(rule.within, 2 * rule.within);
    await close();
  });

  it('grant nothing while Redis is away, and go on when it is back', async () => {
    const server = await ownRedis();
    const connection = await connectRedis({ url: server.url, warn: () => {} });
    const vault = new Keyring([Buffer.alloc(32, 7)]);
    const limits = redisSendingLimits({ redis: connection.redis, vault, clock: new FakeClock(), rules });
    expect(await limits.take(sending)).to.deep.equal({ granted: true });

    const lost = once(connection.redis, 'close');
    await server.stop();
    await lost;
    expect(await limits.take(sending)).to.deep.equal({ granted: false, limit: 'unknown' });

    // Not with `once`, which takes a failed try to connect for the end.
    const back = new Promise((resolve) => connection.redis.once('ready', resolve));
    await server.start();
    await back;
    expect(await limits.take(sending)).to.deep.equal({ granted: true });
    await connection.close();
    await server.close();
  });
});
