import Router from 'koa-router';
import type { Clients } from '../domain/ports.ts';
import type { FollowLink } from '../flows/permits/follow-link.ts';
import type { AddressOf } from './address.ts';
import { type BrowserCookies, SECRET } from './browser-cookies.ts';
import { readForm } from './form.ts';
import type { Pages } from './pages.ts';
import { assertSameOrigin } from './security.ts';

export interface PermitRouteNeeds {
  readonly issuer: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly followLink: FollowLink;
  readonly pages: Pages;
  readonly cookies: BrowserCookies;
  readonly clients: Clients;
  readonly address: AddressOf;
}

/** Where mailed links to permits lead. To open one spends nothing, for scanners of mail do; the person who agrees to it does. */
export function permitRoutes(needs: PermitRouteNeeds): Router {
  const { issuer, base, pages, cookies, clients } = needs;
  const router = new Router();
  router.get('/permit', (ctx) => {
    ctx.state.route = 'permit.show';
    const { token } = ctx.query;
    const offered = typeof token === 'string' && SECRET.test(token);
    pages.show(ctx, 'permit', offered ? { state: 'offered', token } : { state: 'void' });
  });
  router.get('/permit/given', async (ctx) => {
    ctx.state.route = 'permit.given';
    const client = await clients.byId(cookies.lastClient(ctx) ?? '');
    const leadsTo = client?.metadata.initiate_login_uri;
    const link = typeof leadsTo === 'string' && /^https?:\/\//i.test(leadsTo) ? { leadsTo } : {};
    pages.show(ctx, 'permit', { state: 'given', ...link, ...(client && { client: { name: client.name } }) });
  });
  router.post('/permit', async (ctx) => {
    ctx.state.route = 'permit.follow';
    assertSameOrigin(ctx.headers, issuer);
    const { token = '' } = await readForm(ctx.req);
    const visitor = { address: needs.address(ctx.req), requestId: ctx.state.requestId };
    const permit = SECRET.test(token) ? await needs.followLink(token, visitor) : undefined;
    if (permit === undefined) {
      ctx.status = 422;
      return pages.show(ctx, 'permit', { state: 'void', languages: [] });
    }
    cookies.keepPermit(ctx, permit.secret);
    ctx.status = 303;
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(`${base}/permit/given`);
  });
  return router;
}
