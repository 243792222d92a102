import { expect } from 'chai';
import type { Redis } from 'ioredis';
import { newLogin } from '../../../src/domain/login.ts';
import { redisLockouts } from '../../../src/stores/redis/lockouts.ts';
import { redisLogins } from '../../../src/stores/redis/logins.ts';
import { redisModels } from '../../../src/stores/redis/models.ts';
import { redisSendingLimits } from '../../../src/stores/redis/sending-limits.ts';
import { redisSessions } from '../../../src/stores/redis/sessions.ts';
import { redisThrottle } from '../../../src/stores/redis/throttle.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { bareProvider } from '../../races/bare-provider.ts';
import { Browser } from '../../races/browser.ts';
import { openRedis } from './open.ts';

describe('commands sent to Redis', () => {
  let parts: Awaited<ReturnType<typeof openRedis>>;
  let sent: () => number;

  beforeEach(async () => {
    parts = await openRedis();
    sent = countSent(parts.redis);
  });
  afterEach(() => parts.close());

  /** How many commands something sends once Redis knows the scripts: so it is done twice. */
  async function costOf(act: () => Promise<unknown>): Promise<number> {
    await act();
    const before = sent();
    await act();
    return sent() - before;
  }

  it('are one for each verb of Logins, Lockouts, Throttle and SendingLimits', async () => {
    const logins = redisLogins(parts);
    const lockouts = redisLockouts({ ...parts, rule: { attempts: 3, duration: 1_000 } });
    const throttle = redisThrottle(parts);
    const rule = { most: 10, within: 1_000 };
    const rules = { number: rule, account: rule, address: rule, destination: rule, deployment: rule };
    const limits = redisSendingLimits({ ...parts, rules });
    const acts = [
      () => limits.take({ number: 'number', account: 'account', address: 'address', destination: 'NL' }),
      () => logins.save(newLogin('uid'), 1_000),
      () => logins.find('uid'),
      () => logins.remove('uid'),
      () => lockouts.spend('key'),
      () => lockouts.until('key'),
      () => lockouts.refund('key'),
      () => lockouts.clear('key'),
      () => throttle.spend([{ key: 'key', rule: { free: 1, delay: 1, longest: 1, memory: 1_000 } }]),
      () => throttle.refund(['key'], ['other']),
    ];
    for (const act of acts) expect(await costOf(act), String(act)).to.equal(1);
  });

  it('are few for each verb of Models and Sessions', async () => {
    const models = redisModels(parts);
    const sessions = redisSessions(parts);
    const key = { model: 'AccessToken', id: 'id' };
    const change = { uid: 'uid', cookie: 'cookie', stored: {}, authorizations: { shop: {} }, withdrawn: ['bank'] };
    const costs: [number, () => Promise<unknown>][] = [
      [1, () => models.upsert(key, { stored: {}, lifetime: 60 })],
      [2, () => models.upsert(key, { stored: {}, lifetime: 60, grant: 'grant' })],
      [3, () => models.upsert(key, { stored: {}, lifetime: 60, grant: 'grant', account: 'ada' })],
      [4, () => models.grantsOf('ada')],
      [1, () => models.add(key, { stored: {}, lifetime: 60 })],
      [1, () => models.find(key)],
      [1, () => models.consume({ model: 'AuthorizationCode', id: 'id' })],
      [1, () => models.destroy(key)],
      [2, () => sessions.save(change, 60)],
      [3, () => sessions.save({ ...change, stored: { accountId: 'ada' } }, 60)],
      [2, () => sessions.findByCookie('cookie')],
      [1, () => sessions.findByUid('uid')],
      [2, () => sessions.ofAccount('ada')],
      [1, () => sessions.dropCookie('cookie')],
      [1, () => sessions.withdraw('uid', 'shop')],
      [1, () => sessions.endByUid('uid')],
    ];
    for (const [cost, act] of costs) expect(await costOf(act), String(act)).to.equal(cost);
  });

  it("leave room for Sluis's own in a sign-in", async () => {
    const clocked = { ...parts, clock: systemClock };
    const op = await bareProvider({ models: redisModels(clocked), sessions: redisSessions(clocked) });
    const cost = await costOf(async () => {
      const browser = new Browser(op.issuer);
      const tokens = await browser.redeem(await browser.authorize('machine'));
      expect(await browser.userinfo(tokens.access_token)).to.equal(200);
    });
    // Pages are not among them: each asks for its interaction once more.
    expect(cost).to.equal(17);
    await op.close();
  });
});

/** Counts what this client sends, as it sends it: a script is one command, whatever it does in Redis. */
function countSent(redis: Redis): () => number {
  let count = 0;
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (...args: Parameters<typeof send>) => {
    count += 1;
    return send(...args);
  };
  return () => count;
}
