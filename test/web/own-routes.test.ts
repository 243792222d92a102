import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import Koa from 'koa';
import Router from 'koa-router';
import { ownRoutes } from '../../src/web/own-routes.ts';

describe('ownRoutes', () => {
  it('answers what the router itself would answer, and leaves the rest to others', async () => {
    const router = new Router();
    for (const path of ['/', '/word', '/word/:id', '/deep/:id/below', '/.hidden/file']) {
      router.get(path, (ctx) => {
        ctx.body = path;
      });
    }
    const answers = async (routes: Router.IMiddleware) => {
      const app = new Koa();
      app.use(routes);
      app.use((ctx) => {
        ctx.body = 'others';
      });
      const server = createServer(app.callback()).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const found: string[] = [];
      for (const path of paths) found.push(await (await fetch(`${origin}${path}`)).text());
      server.close();
      return found;
    };

    const all = await answers(router.routes());
    expect(await answers(ownRoutes(router))).to.deep.equal(all);
    expect(new Set(all)).to.include.members(['/', '/word', '/word/:id', '/deep/:id/below', '/.hidden/file', 'others']);
  });
});

const paths = [
  '/',
  '/word',
  '/word/',
  '/WORD/1',
  '/word/1/2',
  '/words',
  '/deep/1/below',
  '/.hidden/file',
  '//word',
  '/%77ord',
];
