import { expect } from 'chai';
import { freshRedis } from '../support/redis.ts';
import { bareClient } from './bare-provider.ts';
import { measure } from './driver.ts';
import { startMeasured } from './measured-server.ts';

describe('the benchmark', () => {
  for (const hashing of ['0', '1']) {
    it(`signs in at the bare server and sees what that took, argon2 ${hashing === '1' ? 'included' : 'taken out'}`, async () => {
      const { url, redis, close } = await freshRedis();
      const server = await startMeasured(new URL('./bare-server.js', import.meta.url), {
        REDIS_URL: url,
        ARGON2: hashing,
      });
      const endpoints = Object.fromEntries(
        Object.entries({ authorization: '/auth', token: '/token', userinfo: '/me' }).map(([name, path]) => [
          name,
          server.issuer + path,
        ]),
      ) as Record<'authorization' | 'token' | 'userinfo', string>;
      const target = { issuer: server.issuer, clientId: bareClient.id, redirectUri: bareClient.redirectUri, endpoints };

      const plan = { server, target, redis, logins: 6, warmUp: 2, parallel: 3, measurements: 2, firstAccount: 0 };
      const measurements = await measure(plan);
      await server.stop();
      await close();

      expect(measurements).to.have.length(2);
      for (const { requests, commands, executed, cpu, resident } of measurements) {
        expect(requests).to.equal(8);
        expect(commands).to.be.within(15, 60);
        expect(executed).to.be.within(15, 60);
        expect(cpu).to.be.greaterThan(0);
        expect(resident).to.be.greaterThan(20e6);
      }
    });
  }
});
