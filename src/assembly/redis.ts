import { rememberingVault } from '../crypto/remembering-vault.ts';
import { connectRedis } from '../stores/redis/connect.ts';
import { redisLockouts } from '../stores/redis/lockouts.ts';
import { redisLogins } from '../stores/redis/logins.ts';
import { redisModels } from '../stores/redis/models.ts';
import { redisLimits, redisSendingLimits } from '../stores/redis/sending-limits.ts';
import { redisSessions } from '../stores/redis/sessions.ts';
import { redisThrottle } from '../stores/redis/throttle.ts';
import type { Passing, PassingParts, PassingRules } from './passing.ts';

/**
 * What passes, in Redis.
 * @throws {Failure} `unavailable` when it does not answer
 */
export async function openRedis(
  url: string,
  { clock, logger, vault, rules }: PassingParts & { readonly rules: PassingRules },
): Promise<Passing> {
  const { redis, probe, close } = await connectRedis({ url, warn: (message) => logger.warn(message) });
  const parts = { redis, vault: rememberingVault(vault), clock };
  return {
    logins: redisLogins(parts),
    lockouts: redisLockouts({ redis, clock, rule: rules.lockouts }),
    throttle: redisThrottle(parts),
    sendingLimits: redisSendingLimits({ ...parts, rules: rules.sending }),
    linkRequests: redisLimits({ ...parts, rules: rules.linkRequests, purpose: 'link-requests' }),
    linksSent: redisLimits({ ...parts, rules: rules.linksSent, purpose: 'links-sent' }),
    apiRequests: redisLimits({ ...parts, rules: rules.apiRequests, purpose: 'api-requests' }),
    models: redisModels(parts),
    sessions: redisSessions(parts),
    probes: [probe],
    close,
  };
}
