import { Redis } from 'ioredis';
import { redisLockouts } from '../../../src/stores/redis/lockouts.ts';
import { lockoutsContract } from '../../contracts/lockouts.ts';
import { freshRedis } from '../../support/redis.ts';

describe('lockouts in Redis', () => {
  lockoutsContract(async (rule, clock) => {
    const { redis, url, close } = await freshRedis();
    const others: Redis[] = [];
    return {
      lockouts: redisLockouts({ redis, clock, rule }),
      async reopen() {
        const other = new Redis(url);
        others.push(other);
        return redisLockouts({ redis: other, clock, rule });
      },
      async close() {
        for (const other of others) other.disconnect();
        await close();
      },
    };
  });
});
