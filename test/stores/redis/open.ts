import type { Redis } from 'ioredis';
import { Keyring } from '../../../src/crypto/keyring.ts';
import { FakeClock } from '../../support/clock.ts';
import { freshRedis } from '../../support/redis.ts';

/** Everything that a store in Redis is made of: an empty database, a keyring, and a clock that stands still. */
export async function openRedis(): Promise<{
  redis: Redis;
  vault: Keyring;
  clock: FakeClock;
  close(): Promise<void>;
}> {
  const { redis, close } = await freshRedis();
  return { redis, vault: new Keyring([Buffer.alloc(32, 7)]), clock: new FakeClock(), close };
}
