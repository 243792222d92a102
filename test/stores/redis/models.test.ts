import { redisModels } from '../../../src/stores/redis/models.ts';
import { modelsContract } from '../../contracts/models.ts';
import { openRedis } from './open.ts';

describe('models in Redis', () => {
  modelsContract(async () => {
    const parts = await openRedis();
    return { ...parts, models: redisModels(parts) };
  });
});
