import { expect } from 'chai';
import type { Redis } from 'ioredis';
import { newLogin } from '../../../src/domain/login.ts';
import { redisLogins } from '../../../src/stores/redis/logins.ts';
import { redisModels } from '../../../src/stores/redis/models.ts';
import { redisSessions } from '../../../src/stores/redis/sessions.ts';
import { redisThrottle } from '../../../src/stores/redis/throttle.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { bareProvider } from '../../races/bare-provider.ts';
import { Browser } from '../../races/browser.ts';
import { openRedis } from './open.ts';

describe('a dump of Redis', () => {
  it('shows nothing that a person, a browser or an application could use', async () => {
    const { redis, vault, close } = await openRedis();
    const parts = { redis, vault, clock: systemClock };
    const op = await bareProvider({ models: redisModels(parts), sessions: redisSessions(parts) });

    const browser = new Browser(op.issuer);
    const { refresh_token } = await browser.redeem(await browser.authorize('shop'));
    await browser.refresh('shop', refresh_token);
    await browser.authorize('forum');
    // Left open: an interaction that nobody answers, and a code that nobody redeems.
    await browser.go(
      '/auth?client_id=shop&response_type=code&scope=openid&prompt=login&redirect_uri=https://shop.example/callback&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256',
    );

    const ownSecrets = ['JBSWY3DPEHPK3PXP', 'uid-of-a-login', 'typed-into-the-wrong-field'];
    const [remember = '', uid = '', typed = ''] = ownSecrets;
    await redisLogins(parts).save({ ...newLogin(uid), open: { enrol: { remember, show: {} } } }, 60_000);
    await redisThrottle(parts).spend([{ key: typed, rule: { free: 1, delay: 1, longest: 1, memory: 60_000 } }]);

    const secrets = [...browser.seen, ...ownSecrets];
    // Session and interaction cookies, two codes, and the tokens of two answers.
    expect(secrets.length).to.be.greaterThan(10);
    const dump = await dumpOf(redis);
    expect(dump.join('\n')).to.include('sluis:{AccessToken:').and.to.include('sluis:{login:');
    for (const secret of secrets) {
      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) {
        expect(dump.filter((line) => line.includes(form))).to.deep.equal([]);
      }
    }
    await op.close();
    await close();
  });
});

/** Every key with everything it holds, a line each. */
async function dumpOf(redis: Redis): Promise<string[]> {
  const lines: string[] = [];
  for (const key of await redis.keys('*')) {
    const type = await redis.type(key);
    lines.push(key);
    if (type === 'string') lines.push(`${await redis.get(key)}`);
    else if (type === 'hash') lines.push(...Object.entries(await redis.hgetall(key)).flat());
    else if (type === 'zset') lines.push(...(await redis.zrange(key, 0, '-1')));
    else throw new Error(`expected a string, a hash or a sorted set at ${key}, got ${type}`);
  }
  return lines;
}
