import type { Middleware } from 'koa';

const PATH = '/.well-known/webauthn';

/**
 * Tells browsers which other sites may use the security keys and passkeys of this one (Web Authentication Level 3, section 5.11).
 * It belongs at the root of the RP ID's host; without related origins there is nothing there.
 */
export function relatedOrigins(origins: readonly string[]): Middleware {
  return (ctx, next) => {
    if (origins.length === 0 || ctx.path !== PATH || !['GET', 'HEAD'].includes(ctx.method)) return next();
    ctx.state.route = 'related-origins';
    ctx.body = { origins };
    return undefined;
  };
}
