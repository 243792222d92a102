import type Koa from 'koa';
import type { Middleware } from 'koa';
import mount from 'koa-mount';

/**
 * What belongs to an issuer with a path but lives at the root of its host: the metadata of RFC 8414, section 3.1, and which other
 * sites may use its security keys.
 * @param app everything that Sluis answers, as mounted under the issuer's path
 * @param origins answers at the latter's address
 */
export function wellKnown(issuer: URL, app: Koa, origins: Middleware): Middleware {
  const path = `/.well-known/oauth-authorization-server${issuer.pathname.replace(/\/$/, '')}`;
  const answer = mount(app);
  return async (ctx, next) => {
    if (ctx.path !== path) return origins(ctx, next);
    const asked = ctx.path;
    ctx.path = '/.well-known/openid-configuration';
    try {
      await answer(ctx, async () => {});
    } finally {
      ctx.path = asked;
    }
  };
}
