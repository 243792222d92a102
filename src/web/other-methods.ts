import type { Middleware } from 'koa';
import type Router from 'koa-router';
import { Failure } from '../domain/failure.ts';

/**
 * Answers OPTIONS for routes that exist, and refuses every method that they don't have (RFC 9110, section 15.5.6).
 * Goes after the router, which tells which routes have the path.
 */
export const otherMethods: Middleware = (ctx, next) => {
  const matched: readonly Router.Layer[] = ctx.matched ?? [];
  if (matched.length === 0) return next();
  const methods = matched.flatMap((route) => route.methods);
  ctx.set('Allow', [...new Set([...methods, 'OPTIONS'])].sort().join(', '));
  if (ctx.method !== 'OPTIONS') throw new Failure('method-not-allowed', 405);
  ctx.status = 204;
  return undefined;
};
