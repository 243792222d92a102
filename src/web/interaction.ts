import type { Context } from 'koa';
import Router from 'koa-router';
import type { FactorTraits, Form } from '../domain/factor.ts';
import type { SignIn } from '../flows/sign-in/index.ts';
import type { Screen, Visitor } from '../flows/sign-in/screen.ts';
import type { Interaction, Interactions } from '../oidc/interaction.ts';
import type { AddressOf } from './address.ts';
import type { BrowserCookies } from './browser-cookies.ts';
import { readForm } from './form.ts';
import type { Page } from './page.ts';
import type { Pages, Reader } from './pages.ts';
import { pageOf, viewOf } from './screen-page.ts';
import { assertSameOrigin } from './security.ts';

export interface InteractionNeeds {
  readonly issuer: URL;
  readonly interactions: Interactions;
  readonly signIn: SignIn;
  readonly pages: Pages;
  readonly cookies: BrowserCookies;
  readonly address: AddressOf;
  readonly factors: readonly FactorTraits[];
  readonly offerStay: boolean;
  /** People can ask for a new password. */
  readonly forgottenPassword: boolean;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
}

/** One request for a page of one interaction. */
interface Visit {
  readonly ctx: Context;
  readonly needs: InteractionNeeds;
  readonly interaction: Interaction;
  /** What was posted. */
  readonly form: Form;
}

/** Characters of a browser's description of itself that are kept. */
const LONGEST_AGENT = 256;

/** `GET` and `POST /interaction/:uid` serve every step of every sign-in. */
export function interactionRoutes(needs: InteractionNeeds): Router {
  const { interactions, signIn, cookies, pages, issuer } = needs;
  const router = new Router();
  router.get('/interaction/:uid', async (ctx) => {
    ctx.state.route = 'interaction.show';
    const ahead = signIn.ahead(ctx.params.uid ?? '');
    const interaction = await interactions.find(ctx);
    cookies.setLastClient(ctx, interaction.request.client);
    const screen = await ahead.show(interaction.request, visitorOf({ ctx, needs, interaction }));
    await answer({ ctx, needs, interaction, form: {} }, screen);
  });
  router.get('/interaction/:uid/cannot-sign-in', async (ctx) => {
    ctx.state.route = 'interaction.help';
    const interaction = await interactions.find(ctx);
    const organization = await signIn.whomToAsk(interaction.request);
    const back = pathOf(needs, interaction);
    const links = { ...linksFor(needs, interaction), back, lostFactor: back };
    pages.show(ctx, 'cannot-sign-in', { links, ...(organization && { organization }), reader: readerOf(interaction) });
  });
  router.post('/interaction/:uid', async (ctx) => {
    ctx.state.route = 'interaction.answer';
    assertSameOrigin(ctx.headers, issuer);
    const ahead = signIn.ahead(ctx.params.uid ?? '');
    const interaction = await interactions.find(ctx);
    const visit = { ctx, needs, interaction, form: await readForm(ctx.req) };
    if (visit.form.act === 'cancel') return cancel(visit);
    const screen = await ahead.answer(interaction.request, visitorOf(visit), visit.form);
    remember(visit, screen);
    await answer(visit, screen);
  });
  return router;
}

function visitorOf({ ctx, needs, interaction }: Omit<Visit, 'form'>): Visitor {
  const { cookies, address, pages } = needs;
  const browser = cookies.browser(ctx);
  return {
    address: address(ctx.req),
    locale: pages.localeOf(ctx, readerOf(interaction)),
    requestId: ctx.state.requestId,
    permits: cookies.permits(ctx),
    devices: cookies.devices(ctx),
    agent: agentOf(ctx),
    ...(browser && { browser }),
  };
}

function agentOf(ctx: Context): string {
  return ctx.get('user-agent').slice(0, LONGEST_AGENT);
}

async function cancel(visit: Visit): Promise<void> {
  const { ctx, needs, interaction } = visit;
  await needs.signIn.cancel(interaction.request, visitorOf(visit));
  ctx.state.outcome = 'cancelled';
  goOn(visit, await needs.interactions.abort(interaction));
}

/** Shows a screen, leads to the next one, or finishes. */
async function answer(visit: Visit, screen: Screen): Promise<void> {
  const { ctx, needs, interaction, form } = visit;
  const { problem, outcome, recognised, postponed } = screen;
  needs.cookies.know(ctx, {
    ...(recognised !== undefined && { names: [recognised] }),
    ...(postponed !== undefined && { postponed: [postponed] }),
    ...(outcome !== undefined && { accounts: [outcome.device] }),
  });
  ctx.state.outcome = problem === undefined ? screen.step.at : `${screen.step.at}.${problem.code}`;
  if (outcome !== undefined) {
    const origin = { address: needs.address(ctx.req), agent: agentOf(ctx) };
    return goOn(visit, await needs.interactions.finish(interaction, { ...outcome, origin }));
  }
  // Progress leads to the same address anew, so that a reload asks for nothing twice. What was not sent is told there, too.
  const moved = problem === undefined || problem.code === 'undelivered' || screen.step.at === 'locked';
  if (ctx.method === 'POST' && moved) {
    ctx.status = 303;
    ctx.set('Cache-Control', 'no-store');
    return ctx.redirect(pathOf(needs, interaction));
  }
  if (problem?.wait !== undefined) ctx.set('Retry-After', String(Math.ceil(problem.wait / 1000)));
  ctx.status = statusOf(problem);
  needs.pages.show(ctx, viewOf(screen, needs.factors), {
    links: linksFor(needs, interaction),
    ...pageOf(screen, interaction.request),
    ...(problem && { typed: form }),
    ...identifying(visit, screen),
    reader: readerOf(interaction, screen),
  });
}

/** Ways on for who cannot go on here. */
function linksFor(needs: InteractionNeeds, interaction: Interaction): NonNullable<Page['links']> {
  const { base, forgottenPassword } = needs;
  return {
    cannotSignIn: `${pathOf(needs, interaction)}/cannot-sign-in`,
    ...(forgottenPassword && { forgottenPassword: `${base}/forgotten-password?from=${interaction.request.uid}` }),
  };
}

function statusOf(problem: Screen['problem']): number {
  if (problem === undefined || problem.code === 'undelivered') return 200;
  return problem.code === 'throttled' ? 429 : 422;
}

/** What the first page offers: a name that is known already, from the form, the application or this browser. */
function identifying({ ctx, needs, interaction, form }: Visit, { step }: Screen): Partial<Page> {
  if (step.at !== 'identify') return {};
  const { cookies, offerStay } = needs;
  const kept = cookies.rememberedName(ctx);
  const { loginHint } = interaction.request;
  const username = form.username ?? loginHint ?? kept?.username;
  const office = form.office ?? (loginHint === undefined || loginHint === kept?.username ? kept?.office : undefined);
  const remember = form.username === undefined ? kept !== undefined : form.remember === 'on';
  return { offerStay, remembered: { remember, ...(username && { username }), ...(office && { office }) } };
}

/** Keeps what the person asked this browser to remember, once the password was right. */
function remember({ ctx, needs, form }: Visit, { recognised, permit, devices }: Screen): void {
  const { cookies } = needs;
  if (devices !== undefined) cookies.keepDevices(ctx, devices);
  if (permit !== undefined) cookies.keepPermit(ctx, permit.secret);
  if (form.act === 'restart') cookies.rememberName(ctx, undefined);
  if (recognised === undefined) return;
  const { username = '', office } = form;
  cookies.rememberName(ctx, form.remember === 'on' ? { username, ...(office && { office }) } : undefined);
}

function pathOf({ base }: InteractionNeeds, { request }: Interaction): string {
  return `${base}/interaction/${request.uid}`;
}

function readerOf({ uiLocales }: Interaction, screen?: Screen): Reader {
  return { ...(uiLocales !== undefined && { uiLocales }), ...(screen?.account && { person: screen.account }) };
}

/** A page that moves on by itself: a redirect after a post would run into `form-action` of our own policy. */
function goOn({ ctx, needs, interaction }: Visit, leadsTo: string): void {
  ctx.status = 200;
  needs.pages.show(ctx, 'interaction/finish', { leadsTo, reader: readerOf(interaction) });
}
