import Koa, { type Middleware } from 'koa';
import mount from 'koa-mount';
import Router from 'koa-router';
import type { Logger } from 'pino';
import { Failure } from '../../domain/failure.ts';
import { otherMethods } from '../other-methods.ts';
import type { Pages } from '../pages.ts';
import { onlyForIssuer } from '../security.ts';
import { whenAsked } from '../when-asked.ts';
import { type AnswerNeeds, answering } from './answer.ts';
import { docsOf } from './docs.ts';
import { openApi } from './openapi.ts';
import { PLACE } from './place.ts';
import { problems } from './problems.ts';
import { routes } from './routes.ts';

export interface ApiNeeds extends Omit<AnswerNeeds, 'realm' | 'root'> {
  readonly issuer: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly pages: Pages;
  readonly logger: Logger;
}

/**
 * The REST API, with everything under its path: what is not there is a problem in JSON, too. But for the page that describes it, which
 * is one of ours, it neither reads nor sets a cookie, so that no page of another site can act through a browser; and it lets no script
 * of another site read.
 */
export function createApi({ issuer, base, pages, logger, ...needs }: ApiNeeds): Middleware {
  const root = `${base}${PLACE}`;
  const address = `${issuer.origin}${root}`;
  const addresses = { api: address, token: `${issuer.origin}${base}/token` };
  // Takes a tenth of a second, and few processes are ever asked for it.
  const description = whenAsked(() => JSON.stringify(openApi(routes, addresses)));
  const docs = whenAsked(() => docsOf(routes, addresses));
  const router = new Router();
  for (const route of routes) {
    const path = route.path.replace(/{(\w+)}/g, ':$1');
    router[route.method](path, answering({ ...needs, realm: issuer.href, root }, route));
  }
  router.get('/openapi.json', (ctx) => {
    ctx.state.route = 'api.description';
    ctx.set('Content-Type', 'application/json');
    ctx.body = description();
  });
  router.get('/docs', (ctx) => {
    ctx.state.route = 'api.docs';
    pages.show(ctx, 'api', { api: docs() });
  });
  const api = new Koa();
  api.use(problems(logger, `${address}/docs`));
  api.use(onlyForIssuer(issuer, new Set()));
  api.use(router.routes());
  api.use(otherMethods);
  api.use(() => {
    throw new Failure('not-found', 404);
  });
  return mount(PLACE, api);
}
