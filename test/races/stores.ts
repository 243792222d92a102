import { Keyring } from '../../src/crypto/keyring.ts';
import type { Models, Sessions } from '../../src/domain/ports.ts';
import { memoryModels } from '../../src/stores/memory/models.ts';
import { memorySessions } from '../../src/stores/memory/sessions.ts';
import { redisModels } from '../../src/stores/redis/models.ts';
import { redisSessions } from '../../src/stores/redis/sessions.ts';
import { systemClock } from '../../src/system-clock.ts';
import { freshRedis } from '../support/redis.ts';

export interface Stores {
  readonly models: Models;
  readonly sessions: Sessions;
  close(): Promise<void>;
}

/** Each pair of stores that oidc-provider can run on, on the system's clock: the library has no other. */
export const stores: Readonly<Record<string, () => Promise<Stores>>> = {
  async Redis() {
    const { redis, close } = await freshRedis();
    const parts = { redis, vault: new Keyring([Buffer.alloc(32, 7)]), clock: systemClock };
    return { models: redisModels(parts), sessions: redisSessions(parts), close };
  },
  async memory() {
    const parts = { clock: systemClock };
    return { models: memoryModels(parts), sessions: memorySessions(parts), close: async () => {} };
  },
};
