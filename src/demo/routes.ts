import type { Context, Middleware } from 'koa';
import Router from 'koa-router';
import type { OutboxMail } from '../delivery/mail/outbox.ts';
import type { OutboxMessage } from '../delivery/sms/outbox.ts';
import type { Clock } from '../domain/clock.ts';
import { readForm } from '../web/form.ts';
import { assertSameOrigin } from '../web/security.ts';
import { codeAt, codeOfTyped, type DemoAccount } from './accounts.ts';
import { newAttempt, type Way, ways } from './attempt.ts';
import { keepVisit, localeOf, visitOf } from './browser.ts';
import { headers } from './headers.ts';
import type { DemoPage, Pages } from './pages.ts';
import type { Provider } from './provider.ts';
import { SignInError } from './sign-in-error.ts';
import { begin, type Problem, take, type Visit, type Visits } from './visits.ts';

/** What the application works with. */
export interface RouteParts {
  readonly url: URL;
  /** As the provider names itself. */
  readonly issuer: string;
  readonly clock: Clock;
  readonly accounts: readonly DemoAccount[];
  readonly pages: Pages;
  readonly provider: Provider;
  readonly visits: Visits;
  /** Text messages of the provider, where it runs in this process. */
  readonly messages?: () => readonly OutboxMessage[];
  /** Its mail. */
  readonly mails?: () => readonly OutboxMail[];
  readonly log: (line: string) => void;
}

/** Everything that the demo application answers to. */
export function createRoutes(parts: RouteParts): Middleware {
  const { issuer, clock, accounts, pages } = parts;
  const router = new Router();
  router.use(headers(new URL(issuer)));
  router.get('/', (ctx) => home(ctx, parts));
  router.get('/signed-out', (ctx) => home(ctx, parts, { notice: 'signed-out' }));
  router.get('/sign-in', (ctx) => signIn(ctx, parts));
  router.get('/callback', (ctx) => callback(ctx, parts));
  router.post('/refresh', (ctx) => refresh(ctx, parts));
  router.post('/sign-out', (ctx) => signOut(ctx, parts));
  router.post('/backchannel-logout', (ctx) => backchannelLogout(ctx, parts));
  router.get('/accounts', (ctx) => {
    ctx.body = pages.render('accounts', page(ctx, parts));
  });
  router.post('/accounts', (ctx) => codeForKey(ctx, parts));
  router.get('/messages', (ctx) => {
    if (parts.messages !== undefined) ctx.body = pages.render('messages', page(ctx, parts));
  });
  router.get('/codes', (ctx) => {
    ctx.body = Object.fromEntries(
      accounts.flatMap(({ username, key }) => (key === undefined ? [] : [[username, codeAt(key, clock.now())]])),
    );
  });
  router.get('/assets/:name', (ctx) => {
    const asset = pages.asset(ctx.params.name ?? '');
    if (asset === undefined) return;
    ctx.type = asset.type;
    ctx.body = asset.body;
  });
  return router.routes() as Middleware;
}

/** The first page, or what is known about who is signed in. */
function home(ctx: Context, parts: RouteParts, extra: Pick<DemoPage, 'notice' | 'problem'> = {}): void {
  const visit = visitOf(ctx, parts.visits);
  const { signedIn, problem, notice } = visit ?? {};
  if (visit !== undefined) delete visit.notice;
  ctx.body = parts.pages.render(signedIn === undefined ? 'start' : 'signed-in', {
    ...page(ctx, parts),
    ...(signedIn !== undefined && { signedIn }),
    ...(problem !== undefined && { problem }),
    ...(notice !== undefined && { notice }),
    ...extra,
  });
}

/** Pages that are read in a tab beside the sign-in. */
const beside = ['/accounts', '/messages'];

function page(ctx: Context, { accounts, clock, issuer, messages, mails }: RouteParts): DemoPage {
  ctx.type = 'html';
  const now = clock.now();
  return {
    locale: localeOf(ctx),
    issuer,
    path: beside.includes(ctx.path) ? ctx.path : '/',
    ...(messages && { messages: messages() }),
    ...(mails && { mails: mails() }),
    accounts: accounts.map((account) => ({ ...account, ...(account.key !== undefined && codeAt(account.key, now)) })),
  };
}

/** Stands in for an authenticator app, for who has none at hand. */
async function codeForKey(ctx: Context, parts: RouteParts): Promise<void> {
  const { key = '' } = await readForm(ctx.req);
  const typed = { key, ...codeOfTyped(key, parts.clock.now()) };
  ctx.body = parts.pages.render('accounts', { ...page(ctx, parts), typed });
}

async function signIn(ctx: Context, parts: RouteParts): Promise<void> {
  const visit = visitOf(ctx, parts.visits) ?? parts.visits.open();
  keepVisit(ctx, visit);
  const way = ways.find((known) => known === ctx.query.way) ?? 'plain';
  await goOn(ctx, parts, {
    visit,
    way,
    to: async () => {
      // A provider that asks for a sign-in says who it is (OpenID Connect Core, section 4).
      if (ctx.query.iss !== undefined && ctx.query.iss !== parts.issuer) throw new SignInError('foreign-provider');
      const attempt = newAttempt(way, parts.clock);
      begin(visit, attempt);
      return parts.provider.authorizationUrl(attempt, localeOf(ctx));
    },
  });
}

async function callback(ctx: Context, parts: RouteParts): Promise<void> {
  const visit = visitOf(ctx, parts.visits);
  if (visit === undefined) return home(ctx, parts, { problem: { code: 'unknown-attempt', way: 'plain' } });
  const attempt = take(visit, String(ctx.query.state));
  await goOn(ctx, parts, {
    visit,
    way: attempt?.way ?? 'plain',
    to: async () => {
      if (attempt === undefined) throw new SignInError('unknown-attempt');
      const signedIn = await parts.provider.redeem(new URL(ctx.url, parts.url), attempt);
      keepVisit(ctx, parts.visits.signIn(visit, signedIn));
      return parts.url;
    },
  });
}

async function refresh(ctx: Context, parts: RouteParts): Promise<void> {
  assertSameOrigin(ctx.headers, parts.url);
  const visit = visitOf(ctx, parts.visits);
  await goOn(ctx, parts, {
    visit,
    way: 'plain',
    to: async () => {
      if (visit !== undefined) await renew(visit, parts.provider);
      return parts.url;
    },
  });
}

async function renew(visit: Visit, provider: Provider): Promise<void> {
  const before = visit.signedIn;
  if (before === undefined) return;
  try {
    const after = await provider.refresh(before);
    // Meanwhile a sign-out may have arrived.
    if (visit.signedIn === before) Object.assign(visit, { signedIn: after, notice: 'refreshed' });
  } catch (error) {
    if (error instanceof SignInError && error.code === 'invalid_grant') delete visit.signedIn;
    throw error;
  }
}

/** Signs out here first: whatever the provider does, this application knows nobody any more. */
async function signOut(ctx: Context, parts: RouteParts): Promise<void> {
  assertSameOrigin(ctx.headers, parts.url);
  const visit = visitOf(ctx, parts.visits);
  const signedIn = visit?.signedIn;
  if (visit !== undefined) delete visit.signedIn;
  await goOn(ctx, parts, {
    visit,
    way: 'plain',
    to: async () => (signedIn === undefined ? parts.url : parts.provider.endSessionUrl(signedIn, localeOf(ctx))),
  });
}

/** OpenID Connect Back-Channel Logout 1.0, sections 2.5 and 2.8: the provider posts, no browser is involved. */
async function backchannelLogout(ctx: Context, { provider, visits, log }: RouteParts): Promise<void> {
  const { logout_token: token = '' } = await readForm(ctx.req);
  try {
    visits.end(await provider.verifyLogoutToken(token));
    ctx.status = 200;
    ctx.body = '';
  } catch (error) {
    log(`back-channel logout refused: ${error instanceof SignInError ? error.code : 'internal'}`);
    ctx.status = 400;
    ctx.body = { error: 'invalid_request' };
  }
}

interface Move {
  readonly visit: Visit | undefined;
  /** How the person may try again. */
  readonly way: Way;
  /** Decides where the browser goes. */
  readonly to: () => Promise<URL>;
}

/** Sends the browser on. What goes wrong is told on the first page, so that no address with a code in it stays in the browser. */
async function goOn(ctx: Context, { url, log }: RouteParts, { visit, way, to }: Move): Promise<void> {
  if (visit !== undefined) delete visit.problem;
  const location = await to().catch((error: unknown) => {
    if (!(error instanceof SignInError) || visit === undefined) throw error;
    log(`not signed in: ${error.code}`);
    visit.problem = problemOf(error, way);
    return url;
  });
  ctx.status = 303;
  ctx.redirect(location.href);
}

function problemOf({ code, description }: SignInError, way: Way): Problem {
  return { code, way, ...(description !== undefined && { description }) };
}
