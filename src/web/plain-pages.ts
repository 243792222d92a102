import Router from 'koa-router';
import type { Pages } from './pages.ts';

/** A name of an interaction, as oidc-provider makes them. */
const UID = /^[\w-]{43}$/;

/** Pages that belong to no sign-in. */
export function plainPages(pages: Pages, base: string): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    ctx.state.route = 'home';
    pages.show(ctx, 'home', {});
  });
  router.get('/cannot-sign-in', (ctx) => {
    ctx.state.route = 'cannot-sign-in';
    const { from } = ctx.query;
    const back = typeof from === 'string' && UID.test(from) ? { back: `${base}/interaction/${from}` } : {};
    pages.show(ctx, 'cannot-sign-in', { links: back });
  });
  return router;
}
