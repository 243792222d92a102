import type { Provider } from 'oidc-provider';

/** The longest that a key set may be kept, in seconds: a key that was withdrawn is believed for no longer. */
const LONGEST = 300;

/**
 * Tells how long the key set may be kept. Whoever keeps it so long must know a key before it signs.
 * @param leadTime milliseconds from when a key is published until it signs
 */
export function cacheKeySet(provider: Provider, leadTime: number): void {
  const age = Math.min(LONGEST, Math.floor(leadTime / 4_000));
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'jwks' && ctx.status === 200) ctx.set('Cache-Control', `public, max-age=${age}`);
  });
}
