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
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
}

/** `GET` and `POST /interaction/:uid` serve every step of every sign-in. */
export function interactionRoutes(needs: InteractionNeeds): Router {
  const router = new Router();
  router.get('/interaction/:uid', async (ctx) => {
    ctx.state.route = 'interaction.show';
    const interaction = await needs.interactions.find(ctx);
    needs.cookies.setLastClient(ctx, interaction.request.client);
    const screen = await needs.signIn.show(interaction.request, visitorOf(ctx, needs));
    await answer(ctx, needs, interaction, screen);
  });
  router.post('/interaction/:uid', async (ctx) => {
    ctx.state.route = 'interaction.answer';
    assertSameOrigin(ctx.headers, needs.issuer);
    const interaction = await needs.interactions.find(ctx);
    const form = await readForm(ctx.req);
    if (form.act === 'cancel') return cancel(ctx, needs, interaction);
    const screen = await needs.signIn.answer(interaction.request, visitorOf(ctx, needs), form);
    remember(ctx, needs, form, screen);
    await answer(ctx, needs, interaction, screen, form);
  });
  return router;
}

function visitorOf(ctx: Context, { cookies, address }: InteractionNeeds): Visitor {
  const browser = cookies.browser(ctx);
  return { address: address(ctx.req), requestId: ctx.state.requestId, ...(browser && { browser }) };
}

async function cancel(ctx: Context, needs: InteractionNeeds, interaction: Interaction): Promise<void> {
  await needs.signIn.cancel(interaction.request, visitorOf(ctx, needs));
  ctx.state.outcome = 'cancelled';
  goOn(ctx, needs, interaction, await needs.interactions.abort(interaction));
}

/** Shows a screen, leads to the next one, or finishes. */
async function answer(
  ctx: Context,
  needs: InteractionNeeds,
  interaction: Interaction,
  screen: Screen,
  form: Form = {},
): Promise<void> {
  ctx.state.outcome = screen.problem === undefined ? screen.step.at : `${screen.step.at}.${screen.problem.code}`;
  if (screen.outcome !== undefined) {
    return goOn(ctx, needs, interaction, await needs.interactions.finish(interaction, screen.outcome));
  }
  // Progress leads to the same address anew, so that a reload asks for nothing twice.
  if (ctx.method === 'POST' && (screen.problem === undefined || screen.step.at === 'locked')) {
    ctx.status = 303;
    ctx.set('Cache-Control', 'no-store');
    return ctx.redirect(`${needs.base}/interaction/${interaction.request.uid}`);
  }
  const { problem } = screen;
  if (problem?.code === 'throttled') ctx.set('Retry-After', String(Math.ceil((problem.wait ?? 1000) / 1000)));
  ctx.status = problem === undefined ? 200 : problem.code === 'throttled' ? 429 : 422;
  const page = { ...pageOf(screen, interaction.request), ...identifying(ctx, needs, { interaction, screen, form }) };
  needs.pages.show(ctx, viewOf(screen, needs.factors), page, readerOf(interaction, screen));
}

/** What the first page offers: a name that is known already, from the form, the application or this browser. */
function identifying(
  ctx: Context,
  { cookies, offerStay }: InteractionNeeds,
  { interaction, screen, form }: { interaction: Interaction; screen: Screen; form: Form },
): Partial<Page> {
  if (screen.step.at !== 'identify') return {};
  const kept = cookies.rememberedName(ctx);
  const { loginHint } = interaction.request;
  const username = form.username ?? loginHint ?? kept?.username;
  const office = form.office ?? (loginHint === undefined || loginHint === kept?.username ? kept?.office : undefined);
  const remember = form.username === undefined ? kept !== undefined : form.remember === 'on';
  return {
    offerStay,
    remembered: { remember, ...(username && { username }), ...(office && { office }) },
  };
}

/** Keeps what the person asked this browser to remember, once the password was right. */
function remember(ctx: Context, { cookies }: InteractionNeeds, form: Form, screen: Screen): void {
  if (form.act === 'restart') cookies.rememberName(ctx, undefined);
  if (screen.recognised === undefined) return;
  cookies.recognise(ctx, screen.recognised);
  const { username = '', office } = form;
  cookies.rememberName(ctx, form.remember === 'on' ? { username, ...(office && { office }) } : undefined);
}

function readerOf({ uiLocales }: Interaction, screen?: Screen): Reader {
  return { ...(uiLocales !== undefined && { uiLocales }), ...(screen?.account && { person: screen.account }) };
}

/** A page that moves on by itself: a redirect after a post would run into `form-action` of our own policy. */
function goOn(ctx: Context, { pages }: InteractionNeeds, interaction: Interaction, leadsTo: string): void {
  ctx.status = 200;
  pages.show(ctx, 'interaction/finish', { leadsTo }, readerOf(interaction));
}
