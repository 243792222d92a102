import type { Middleware } from 'koa';

/**
 * Headers of every answer. Signing out posts to this application and is redirected to the provider, so `form-action` names both.
 * `same-origin` as referrer policy: under `no-referrer` browsers post with `Origin: null`.
 */
export function headers(issuer: URL): Middleware {
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    `form-action 'self' ${issuer.origin}`,
  ].join('; ');
  return async (ctx, next) => {
    ctx.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    });
    await next();
  };
}
