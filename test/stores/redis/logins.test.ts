import { redisLogins } from '../../../src/stores/redis/logins.ts';
import { loginsContract } from '../../contracts/logins.ts';
import { openRedis } from './open.ts';

describe('logins in Redis', () => {
  loginsContract(async () => {
    const parts = await openRedis();
    return { ...parts, logins: redisLogins(parts) };
  });
});
