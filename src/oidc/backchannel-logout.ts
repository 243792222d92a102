import { randomUUID } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { LeasedLogout, LogoutQueue } from '../domain/ports.ts';

export interface BackchannelLogoutParts {
  readonly queue: LogoutQueue;
  /** How often a message that did not arrive is sent again. Seven are spread over most of a day. */
  readonly retries: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface BackchannelLogout {
  /** Sends what is due; answers how many messages were tried. Never rejects for a client that cannot be reached. */
  runDue(): Promise<number>;
}

type Send = (account: string, session: string | undefined) => Promise<void>;

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
  { queue, retries, clock, logger }: BackchannelLogoutParts,
): BackchannelLogout {
  const send = originalOf(provider);
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

  async function deliver(logout: LeasedLogout): Promise<void> {
    const client = await provider.Client.find(logout.client);
    // A client that was removed, or no longer wants to know.
    if (client?.backchannelLogoutUri === undefined) return;
    await send.call(client, logout.account, logout.session);
  }

  async function attempt(logout: LeasedLogout): Promise<void> {
    try {
      await deliver(logout);
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

function originalOf(provider: Provider): Send {
  const method: unknown = Reflect.get(provider.Client.prototype, 'backchannelLogout');
  if (!isSend(method)) throw new TypeError('oidc-provider sends no logout through Client.prototype.backchannelLogout');
  return method;
}

function isSend(value: unknown): value is Send {
  return typeof value === 'function';
}
