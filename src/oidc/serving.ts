import type { Middleware } from 'koa';
import mount from 'koa-mount';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { SigningKey } from '../domain/signing-key.ts';
import type { SendLogout } from './backchannel-logout.ts';

/** oidc-provider, with the signing keys of now. */
export interface Serving {
  /** For one request: another takes its place when the keys change, and what this one is at goes on with it. */
  provider(): Provider;
  readonly sendLogout: SendLogout;
  /** Answers a request with the provider of now. */
  readonly answer: Middleware;
  /** Looks at the keys, and takes over what changed. */
  follow(): Promise<void>;
}

export interface ServingParts {
  /** What to publish now; the first of an algorithm signs. */
  readonly keys: () => Promise<readonly SigningKey[]>;
  readonly create: (keys: readonly SigningKey[]) => Created;
  readonly logger: Logger;
}

export interface Created {
  readonly provider: Provider;
  /** Signs with this provider's keys. */
  readonly sendLogout: SendLogout;
}

/**
 * Serves with signing keys that change. oidc-provider takes its keys once, when it is made; it keeps nothing in memory that the stores do
 * not hold, so another one can answer the next request.
 */
export async function serveWithKeys(parts: ServingParts): Promise<Serving> {
  const { keys, logger } = parts;
  let current = withKeys(parts, await keys());
  return {
    provider: () => current.provider,
    sendLogout: (logout) => current.sendLogout(logout),
    answer: (ctx, next) => current.answer(ctx, next),
    async follow() {
      const found = await keys();
      const ids = idsOf(found);
      if (ids === current.ids) return;
      current = withKeys(parts, found);
      logger.info({ keys: ids }, 'signing keys changed');
    },
  };
}

function withKeys({ create }: ServingParts, keys: readonly SigningKey[]) {
  const created = create(keys);
  return { ...created, answer: mount(created.provider), ids: idsOf(keys) };
}

/** Names keys in their order, which says who signs. */
function idsOf(keys: readonly SigningKey[]): string {
  return keys.map(({ id }) => id).join(' ');
}
