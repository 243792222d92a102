import Router from 'koa-router';
import type { Pages } from './pages.ts';

/**
 * Pages that belong to no sign-in.
 * @param forgottenPassword where to ask for a new password; undefined where nobody can
 */
export function plainPages(pages: Pages, forgottenPassword: string | undefined): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    ctx.state.route = 'home';
    pages.show(ctx, 'home', {});
  });
  router.get('/cannot-sign-in', (ctx) => {
    ctx.state.route = 'cannot-sign-in';
    pages.show(ctx, 'cannot-sign-in', forgottenPassword === undefined ? {} : { links: { forgottenPassword } });
  });
  return router;
}
