import type { Middleware } from 'koa';
import mount from 'koa-mount';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { SigningKey } from '../domain/signing-key.ts';
import type { SendLogout } from './backchannel-logout.ts';

/** oidc-provider, with the signing keys of now. */
export interface Serving<Made extends Created = Created> {
  /** What was made with the keys of now. */
  made(): Made;
  /** For one request: another takes its place when the keys change, and what this one is at goes on with it. */
  provider(): Provider;
  readonly sendLogout: SendLogout;
  /** Answers a request with the provider of now. */
  readonly answer: Middleware;
  /** Looks at the keys, and takes over what changed. */
  follow(): Promise<void>;
}

export interface ServingParts<Made extends Created> {
  /** What to publish now; the first of an algorithm signs. */
  readonly keys: () => Promise<readonly SigningKey[]>;
  readonly create: (keys: readonly SigningKey[]) => Made;
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
export async function serveWithKeys<Made extends Created>(parts: ServingParts<Made>): Promise<Serving<Made>> {
  const { keys, logger } = parts;
  let current = withKeys(parts, await keys());
  return {
    made: () => current.made,
    provider: () => current.made.provider,
    sendLogout: (logout) => current.made.sendLogout(logout),
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

function withKeys<Made extends Created>({ create }: ServingParts<Made>, keys: readonly SigningKey[]) {
  const made = create(keys);
  return { made, answer: mount(made.provider), ids: idsOf(keys) };
}

/** Names keys in their order, which says who signs. */
function idsOf(keys: readonly SigningKey[]): string {
  return keys.map(({ id }) => id).join(' ');
}
