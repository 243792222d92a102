import type { Context } from 'koa';
import Router from 'koa-router';
import type { Clients } from '../domain/ports.ts';
import { type Choice, choosePassword, type Visitor } from '../flows/password/choose.ts';
import { askForLink, malformedField } from '../flows/password/forgotten.ts';
import { findLink, type LiveLink } from '../flows/password/links.ts';
import { asksOffice, type PasswordNeeds } from '../flows/password/needs.ts';
import { LENGTHS, wordsAbout } from '../flows/password/rules.ts';
import type { AddressOf } from './address.ts';
import type { BrowserCookies } from './browser-cookies.ts';
import { readForm } from './form.ts';
import type { Page, Problem } from './page.ts';
import type { Pages } from './pages.ts';
import { assertSameOrigin } from './security.ts';

export interface PasswordRouteNeeds {
  readonly issuer: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly passwords: PasswordNeeds;
  /** There is mail, by which people who ask for a link get one. Without it, links are handed over. */
  readonly asking: boolean;
  readonly pages: Pages;
  readonly cookies: BrowserCookies;
  readonly clients: Clients;
  readonly address: AddressOf;
}

/** A name of an interaction, as oidc-provider makes them. */
const UID = /^[\w-]{43}$/;

/** Asking for a new password, and choosing one by a link. To open a link spends nothing, for scanners of mail do. */
export function passwordRoutes(needs: PasswordRouteNeeds): Router {
  const router = new Router();
  if (needs.asking) addAsking(router, needs);
  addChoosing(router, needs);
  return router;
}

function addAsking(router: Router, needs: PasswordRouteNeeds): void {
  const { issuer, pages } = needs;
  router.get('/forgotten-password', async (ctx) => {
    ctx.state.route = 'forgotten-password.show';
    await showForgotten(ctx, needs, { remembered: needs.cookies.rememberedName(ctx) ?? {} });
  });
  router.post('/forgotten-password', async (ctx) => {
    ctx.state.route = 'forgotten-password.ask';
    assertSameOrigin(ctx.headers, issuer);
    await ask(ctx, needs);
  });
  router.get('/forgotten-password/sent', (ctx) => {
    ctx.state.route = 'forgotten-password.sent';
    pages.show(ctx, 'password/sent', { links: linksFor(ctx, needs) });
  });
}

function addChoosing(router: Router, needs: PasswordRouteNeeds): void {
  const { issuer, pages, passwords } = needs;
  router.get('/password', async (ctx) => {
    ctx.state.route = 'password.show';
    const { token } = ctx.query;
    const link = typeof token === 'string' ? await findLink(passwords, token) : undefined;
    if (link === undefined) return showOver(ctx, needs);
    pages.show(ctx, 'password/new', newPassword(needs, link, String(token)));
  });
  router.post('/password', async (ctx) => {
    ctx.state.route = 'password.choose';
    assertSameOrigin(ctx.headers, issuer);
    const { token = '', password = '' } = await readForm(ctx.req);
    const choice = await choosePassword(passwords, { secret: token, password }, visitorOf(ctx, needs));
    ctx.state.outcome = choice.outcome;
    answer(ctx, needs, { choice, token });
  });
  router.get('/password/chosen', async (ctx) => {
    ctx.state.route = 'password.chosen';
    const client = await needs.clients.byId(needs.cookies.lastClient(ctx) ?? '');
    const leadsTo = client?.metadata.initiate_login_uri;
    const link = typeof leadsTo === 'string' && /^https?:\/\//i.test(leadsTo) ? { leadsTo } : {};
    pages.show(ctx, 'password/chosen', { ...link, ...(client && { client: { name: client.name } }) });
  });
}

async function ask(ctx: Context, needs: PasswordRouteNeeds): Promise<void> {
  const { passwords, pages, base } = needs;
  const { username = '', office } = await readForm(ctx.req);
  const typed = { name: username, ...(office !== undefined && { office }) };
  const field = malformedField(typed);
  if (field !== undefined) {
    ctx.status = 422;
    const remembered = { username, ...(office !== undefined && { office }) };
    return showForgotten(ctx, needs, { remembered, problem: { code: 'malformed', field } });
  }
  await askForLink(passwords, { ...typed, ...visitorOf(ctx, needs), locale: pages.localeOf(ctx, {}) });
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(`${base}/forgotten-password/sent${ctx.search}`);
}

async function showForgotten(ctx: Context, needs: PasswordRouteNeeds, page: Partial<Page>): Promise<void> {
  const show = { askOffice: await asksOffice(needs.passwords) };
  needs.pages.show(ctx, 'password/forgotten', { ...page, show, links: linksFor(ctx, needs) });
}

function answer(ctx: Context, needs: PasswordRouteNeeds, { choice, token }: { choice: Choice; token: string }): void {
  switch (choice.outcome) {
    case 'chosen':
      if (choice.permit !== undefined) needs.cookies.keepPermit(ctx, choice.permit.secret);
      ctx.status = 303;
      ctx.set('Cache-Control', 'no-store');
      ctx.redirect(`${needs.base}/password/chosen`);
      break;
    case 'over':
      showOver(ctx, needs);
      break;
    case 'refused':
    case 'throttled':
      ctx.status = choice.outcome === 'throttled' ? 429 : 422;
      needs.pages.show(ctx, 'password/new', {
        ...newPassword(needs, choice.link, token),
        problem: problemOf(choice),
        languages: [],
      });
  }
}

function problemOf(choice: Extract<Choice, { outcome: 'refused' | 'throttled' }>): Problem {
  if (choice.outcome === 'refused') return { code: choice.fault, field: 'password' };
  return { code: 'throttled', values: { seconds: Math.ceil(choice.wait / 1000) } };
}

function newPassword(
  { passwords }: PasswordRouteNeeds,
  { owner, kind }: LiveLink,
  token: string,
): Partial<Page> & { readonly reader: object } {
  const { username, profile } = owner;
  return {
    person: { username, ...(profile.name !== undefined && { name: profile.name }) },
    show: { token, kind, ...LENGTHS, about: wordsAbout(owner, [passwords.settings.siteName]) },
    reader: { person: owner },
  };
}

function showOver(ctx: Context, { pages, base, asking }: PasswordRouteNeeds): void {
  ctx.status = 410;
  const links = asking ? { forgottenPassword: `${base}/forgotten-password` } : {};
  pages.show(ctx, 'password/over', { languages: [], links });
}

/** Back to the sign-in that led here. */
function linksFor(ctx: Context, { base }: PasswordRouteNeeds): NonNullable<Page['links']> {
  const { from } = ctx.query;
  return typeof from === 'string' && UID.test(from) ? { back: `${base}/interaction/${from}` } : {};
}

function visitorOf(ctx: Context, { address }: PasswordRouteNeeds): Visitor {
  return { address: address(ctx.req), requestId: ctx.state.requestId };
}
