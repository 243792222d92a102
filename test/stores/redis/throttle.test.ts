import { redisThrottle } from '../../../src/stores/redis/throttle.ts';
import { throttleContract } from '../../contracts/throttle.ts';
import { openRedis } from './open.ts';

describe('throttle in Redis', () => {
  throttleContract(async () => {
    const parts = await openRedis();
    return { ...parts, throttle: redisThrottle(parts) };
  });
});
