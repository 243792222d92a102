import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import type {
  Limits,
  Lockouts,
  Logins,
  Models,
  Probe,
  SendingLimits,
  Sessions,
  Throttle,
  Vault,
} from '../domain/ports.ts';
import { memoryLogins } from '../stores/memory/logins.ts';
import { memoryModels } from '../stores/memory/models.ts';
import { memoryLimits, memorySendingLimits } from '../stores/memory/sending-limits.ts';
import { memorySessions } from '../stores/memory/sessions.ts';
import { memoryThrottle } from '../stores/memory/throttle.ts';
import type { Database } from '../stores/sql/database.ts';
import { SqlLockouts } from '../stores/sql/lockouts.ts';

/** The stores of what passes: sessions, logins and counts. */
export interface Passing {
  readonly logins: Logins;
  readonly lockouts: Lockouts;
  readonly throttle: Throttle;
  readonly sendingLimits: SendingLimits;
  /** Of asking for a link to a new password, and of sending one. */
  readonly linkRequests: Limits<'name' | 'address'>;
  readonly linksSent: Limits<'account'>;
  /** Of requests at the REST API. */
  readonly apiRequests: Limits<'client'>;
  readonly models: Models;
  readonly sessions: Sessions;
  readonly probes: readonly Probe[];
  close(): Promise<void>;
}

export interface PassingParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly vault: Vault;
}

export type PassingRules = ReturnType<typeof rulesOf>;

/** Stores in Redis, or in this process where there is none. */
export async function openPassing(
  config: Config,
  { database, ...parts }: PassingParts & { readonly database: Database },
): Promise<Passing> {
  const rules = rulesOf(config);
  const { url } = config.redis;
  if (url !== undefined) {
    // Read only where there is a Redis: every start would wait for it.
    const { openRedis } = await import('./redis.ts');
    return openRedis(url, { ...parts, rules });
  }
  const { clock, logger, vault } = parts;
  logger.info(
    'no Redis: sessions are in memory and end with this process; blocks are kept in SQL; run one process alone',
  );
  return {
    logins: memoryLogins({ clock }),
    // Never in memory: a block survives a restart.
    lockouts: new SqlLockouts(database, rules.lockouts, clock),
    throttle: memoryThrottle({ clock }),
    sendingLimits: memorySendingLimits({ vault, clock, rules: rules.sending }),
    linkRequests: memoryLimits({ vault, clock, rules: rules.linkRequests }),
    linksSent: memoryLimits({ vault, clock, rules: rules.linksSent }),
    apiRequests: memoryLimits({ vault, clock, rules: rules.apiRequests }),
    models: memoryModels({ clock }),
    sessions: memorySessions({ clock }),
    probes: [],
    close: async () => {},
  };
}

function rulesOf({ lockout, sms, mail, api }: Config) {
  const { account, address } = mail.limits;
  return {
    lockouts: { attempts: lockout.attempts, duration: lockout.duration },
    sending: sms.limits,
    // Names that are nobody's are counted, too: by as much as an account may have.
    linkRequests: { name: account, address },
    linksSent: { account },
    apiRequests: { client: api.limit },
  };
}
