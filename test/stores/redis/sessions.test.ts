import { redisSessions } from '../../../src/stores/redis/sessions.ts';
import { sessionsContract } from '../../contracts/sessions.ts';
import { openRedis } from './open.ts';

describe('sessions in Redis', () => {
  sessionsContract(async () => {
    const parts = await openRedis();
    return { ...parts, sessions: redisSessions(parts) };
  });
});
