import type Router from 'koa-router';
import { firstWord } from './own-routes.ts';

/**
 * Routes whose code is loaded when somebody first asks for one of them: a start waits for nothing that a sign-in does not need.
 *
 * @param words what paths of theirs begin with: `/admin`
 * @param load made by `loadOnce`; who asks when it fails gets the failure
 */
export function lateRoutes(words: readonly string[], load: () => Promise<Router.IMiddleware>): Router.IMiddleware {
  const begun = new Set(words);
  return async (ctx, next) => {
    if (!begun.has(firstWord(ctx.path))) return next();
    const routes = await load();
    return routes(ctx, next);
  };
}
