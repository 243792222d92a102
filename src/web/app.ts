import Koa, { type Context, type Middleware } from 'koa';
import Router from 'koa-router';
import type { Logger } from 'pino';
import { Failure } from '../domain/failure.ts';
import type { Clients, Probe } from '../domain/ports.ts';
import type { Assets } from './assets.ts';
import type { BrowserCookies } from './browser-cookies.ts';
import { failures } from './failures.ts';
import { live, ready } from './health.ts';
import type { Metrics } from './metrics.ts';
import { otherMethods } from './other-methods.ts';
import { ownRoutes } from './own-routes.ts';
import type { Pages } from './pages.ts';
import { plainPages } from './plain-pages.ts';
import { requestLog } from './request-log.ts';
import { restartPage } from './restart-page.ts';
import { noForeignTarget, onlyForIssuer, securityHeaders } from './security.ts';

export interface AppNeeds {
  readonly issuer: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly logger: Logger;
  readonly pages: Pages;
  readonly assets: Assets;
  readonly cookies: BrowserCookies;
  readonly clients: Clients;
  readonly probes: readonly Probe[];
  /** Absent where nobody counts requests. */
  readonly metrics?: Metrics | undefined;
  /** Answers what belongs to security keys at the root of the host. */
  readonly relatedOrigins: Middleware;
  /** Where to ask for a new password; absent where nobody can. */
  readonly forgottenPassword?: string | undefined;
  /** The REST API, with everything under its path. */
  readonly api: Router.IMiddleware;
  /** Our own pages beside those of this file. */
  readonly routes: readonly Router[];
  /** Those of our own pages that are loaded when first asked for. */
  readonly late: readonly Router.IMiddleware[];
  /** Everything of OpenID Connect itself: whatever no other route takes. */
  readonly provider: Middleware;
}

/** Everything that Sluis answers, as one Koa app: run it, or mount it under the issuer's path. */
export function createApp(needs: AppNeeds): Koa {
  const { issuer, logger, probes, provider, metrics } = needs;
  const probing = new Router();
  probing.get('/health/live', live);
  probing.get('/health/ready', ready(probes));
  if (metrics) probing.get('/metrics', metrics.answer);
  const probePaths = new Set(probing.stack.map(({ path }) => path));
  // One router, which looks at a path once.
  const routes = new Router();
  for (const some of [probing, plainPages(needs), ...needs.routes]) routes.use(some.routes());

  const app = new Koa();
  app.silent = true;
  app.on('error', (error: Error) => {
    // After the answer began, it is the connection that broke: nothing of ours.
    if ('headerSent' in error) logger.info({ err: error }, 'connection broken');
    else logger.error({ err: error }, 'unanswered');
  });
  app.use(requestLog(logger));
  if (metrics) app.use(metrics.count);
  // Before anything can fail, for pages that say so need them, too.
  app.use(securityHeaders(issuer));
  app.use(failures(logger, (ctx, failure) => failurePage(ctx, failure, needs)));
  // Before anything looks at the path: that of an impossible target cannot be read.
  app.use(noForeignTarget(issuer));
  app.use(needs.api);
  // Probes come from an orchestrator that knows an address, not the issuer's name.
  app.use(onlyForIssuer(issuer, probePaths));
  app.use(assets(needs.assets));
  app.use(needs.relatedOrigins);
  app.use(ownRoutes(routes));
  for (const some of needs.late) app.use(some);
  app.use(otherMethods);
  app.use(provider);
  // Mounted, everything under its path is Sluis's: nothing goes on to the parent application.
  app.use(() => {
    throw new Failure('not-found', 404);
  });
  return app;
}

function assets({ answer }: Assets): Middleware {
  return (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    const found = answer({
      path: ctx.path,
      ifNoneMatch: ctx.headers['if-none-match'],
      acceptEncoding: ctx.get('accept-encoding'),
    });
    if (found === undefined) return next();
    ctx.state.route = 'asset';
    ctx.status = found.status;
    ctx.set(found.headers);
    if (found.body !== undefined) ctx.body = found.body;
    return undefined;
  };
}

async function failurePage(ctx: Context, failure: Failure, needs: AppNeeds): Promise<string> {
  if (failure.code === 'interaction-expired') return restartPage(ctx, needs);
  const error = { code: failure.code, requestId: ctx.state.requestId };
  return needs.pages.html(ctx, 'error', { languages: [], error });
}
