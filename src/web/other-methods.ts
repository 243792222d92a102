import type { Middleware } from 'koa';
import type Router from 'koa-router';
import { Failure } from '../domain/failure.ts';

/** Answers OPTIONS for routes that exist, and refuses every method that they don't have (RFC 9110, section 15.5.6). */
export function otherMethods(routers: readonly Router[]): Middleware {
  return async (ctx, next) => {
    const methods = routers.flatMap((router) =>
      router.match(ctx.path, ctx.method).path.flatMap((route) => route.methods),
    );
    if (methods.length === 0) return next();
    ctx.set('Allow', [...new Set([...methods, 'OPTIONS'])].sort().join(', '));
    if (ctx.method !== 'OPTIONS') throw new Failure('method-not-allowed', 405);
    ctx.status = 204;
  };
}
