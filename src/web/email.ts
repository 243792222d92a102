import type { Context } from 'koa';
import Router from 'koa-router';
import type { OwnEmail } from '../flows/own-email/index.ts';
import type { OwnSessions } from '../oidc/own-session.ts';
import type { AddressOf } from './address.ts';
import { readForm } from './form.ts';
import type { Pages } from './pages.ts';
import { assertSameOrigin } from './security.ts';

export interface EmailRouteNeeds {
  readonly issuer: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly email: OwnEmail;
  readonly sessions: OwnSessions;
  readonly pages: Pages;
  readonly address: AddressOf;
}

/**
 * What the link leads to that was mailed to a new address: in any browser, for people read their mail where they like. To open it
 * spends nothing, for scanners of mail do.
 */
export function emailRoutes(needs: EmailRouteNeeds): Router {
  const { issuer, base, email, pages } = needs;
  const router = new Router();
  router.get('/email', async (ctx) => {
    ctx.state.route = 'email.show';
    const { token } = ctx.query;
    const change = typeof token === 'string' ? await email.find(token) : undefined;
    if (change === undefined) return showOver(ctx, needs);
    const { owner, address } = change;
    pages.show(ctx, 'email/confirm', {
      show: { address },
      token: String(token),
      person: { username: owner.username },
      reader: { person: owner },
    });
  });
  router.post('/email', async (ctx) => {
    ctx.state.route = 'email.confirm';
    assertSameOrigin(ctx.headers, issuer);
    const { token = '' } = await readForm(ctx.req);
    const visitor = { address: needs.address(ctx.req), requestId: ctx.state.requestId };
    const confirmed = await email.confirm(token, visitor);
    ctx.state.outcome = confirmed === undefined ? 'over' : 'confirmed';
    if (confirmed === undefined) return showOver(ctx, needs);
    if (confirmed.session !== undefined) await needs.sessions.renew(confirmed.session, confirmed.epoch);
    ctx.status = 303;
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(`${base}/email/changed`);
  });
  router.get('/email/changed', (ctx) => {
    ctx.state.route = 'email.changed';
    pages.show(ctx, 'email/changed', { leadsTo: `${base}/account` });
  });
  return router;
}

function showOver(ctx: Context, { pages, base }: EmailRouteNeeds): void {
  ctx.status = 410;
  pages.show(ctx, 'email/over', { languages: [], leadsTo: `${base}/account` });
}
