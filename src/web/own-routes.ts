import type Router from 'koa-router';

/**
 * The routes of a router, tried only where a path begins as one of them does: a router tries them all, one after the other, and half of
 * the requests of a sign-in are for oidc-provider.
 *
 * @param router its routes begin with a word, not with a parameter
 */
export function ownRoutes(router: Router): Router.IMiddleware {
  const begun = new Set(router.stack.map(({ path }) => firstWord(path)));
  const routes = router.routes();
  return (ctx, next) => (begun.has(firstWord(ctx.path)) ? routes(ctx, next) : next());
}

/** The first word of a path, with the slash before it, in the case that routes are compared in. */
export function firstWord(path: string): string {
  const end = path.indexOf('/', 1);
  return (end < 0 ? path : path.slice(0, end)).toLowerCase();
}
