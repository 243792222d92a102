import { randomUUID } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { LeasedLogout, LogoutQueue, PendingLogout } from '../domain/ports.ts';

/** Tells one client that somebody signed out. @throws when it cannot be told now */
export type SendLogout = (logout: PendingLogout) => Promise<void>;

export interface BackchannelLogoutParts {
  readonly queue: LogoutQueue;
  readonly send: SendLogout;
  /** How often a message that did not arrive is sent again. Seven are spread over most of a day. */
  readonly retries: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface BackchannelLogout {
  /** Sends what is due; answers how many messages were tried. Never rejects for a client that cannot be reached. */
  runDue(): Promise<number>;
}

type Original = (account: string, session: string | undefined) => Promise<void>;

/** Messages sent at once. */
const BATCH = 20;
/** Milliseconds that a message is this process's own; each try takes 2.5 s at most. */
const LEASE = 60_000;
/** Milliseconds before the first further try; four times as long before each one after it, up to the longest. */
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 12 * 3_600_000;

/**
 * Back-channel logout (OpenID Connect Back-Channel Logout 1.0) through a queue: oidc-provider would send once, while the person waits,
 * and forget. A message is signed anew at each try, for its token lives two minutes.
 *
 * oidc-provider calls `client.backchannelLogout(sub, sid)` for every client of a session that ends, and has no setting for it. The
 * method is replaced on the class of this one provider; its original is what sends, within its time limit, through the `fetch` that
 * refuses private addresses.
 */
export function queueBackchannelLogout(
  provider: Provider,
  { queue, clock }: Pick<BackchannelLogoutParts, 'queue' | 'clock'>,
): SendLogout {
  const original = originalOf(provider);
  Object.defineProperty(provider.Client.prototype, 'backchannelLogout', {
    async value(this: { readonly clientId: string }, account: string, session: string | undefined) {
      const logout = {
        id: randomUUID(),
        client: this.clientId,
        account,
        ...(session === undefined ? undefined : { session }),
      };
      await queue.add(logout, clock.now());
    },
  });
  return async (logout) => {
    const client = await provider.Client.find(logout.client);
    // A client that was removed, or no longer wants to know.
    if (client?.backchannelLogoutUri === undefined) return;
    await original.call(client, logout.account, logout.session);
  };
}

/** Works the queue off. */
export function backchannelLogout({ queue, send, retries, clock, logger }: BackchannelLogoutParts): BackchannelLogout {
  async function attempt(logout: LeasedLogout): Promise<void> {
    try {
      await send(logout);
    } catch (error) {
      const { client, attempts } = logout;
      const reason = error instanceof Error ? error.message : 'unknown';
      if (attempts <= retries) {
        logger.info({ client, attempts, reason }, 'logout not delivered');
        return queue.retry(logout, clock.now() + waitAfter(attempts));
      }
      logger.warn({ client, attempts, reason }, 'logout given up');
    }
    await queue.remove(logout);
  }

  return {
    async runDue() {
      const now = clock.now();
      const due = await queue.lease(now, now + LEASE, BATCH);
      await Promise.all(due.map(attempt));
      return due.length;
    },
  };
}

function waitAfter(attempts: number): number {
  return Math.min(FIRST_WAIT * 4 ** (attempts - 1), LONGEST_WAIT);
}

function originalOf(provider: Provider): Original {
  const method: unknown = Reflect.get(provider.Client.prototype, 'backchannelLogout');
  if (!isOriginal(method))
    throw new TypeError('oidc-provider sends no logout through Client.prototype.backchannelLogout');
  return method;
}

function isOriginal(value: unknown): value is Original {
  return typeof value === 'function';
}
