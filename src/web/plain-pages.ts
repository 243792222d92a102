import Router from 'koa-router';
import type { Pages } from './pages.ts';

export interface PlainPageNeeds {
  readonly pages: Pages;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  /** Where to ask for a new password; absent where nobody can. */
  readonly forgottenPassword?: string | undefined;
}

/** Pages that belong to no sign-in. */
export function plainPages({ pages, base, forgottenPassword }: PlainPageNeeds): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    ctx.state.route = 'home';
    pages.show(ctx, 'home', { leadsTo: `${base}/account` });
  });
  router.get('/cannot-sign-in', (ctx) => {
    ctx.state.route = 'cannot-sign-in';
    pages.show(ctx, 'cannot-sign-in', forgottenPassword === undefined ? {} : { links: { forgottenPassword } });
  });
  return router;
}
