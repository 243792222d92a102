import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import Koa from 'koa';
import Router from 'koa-router';
import { lateRoutes } from '../../src/web/late-routes.ts';
import { loadOnce } from '../../src/web/load-once.ts';

/** Status and text of each path, all asked for at once. */
async function answers(late: Router.IMiddleware, paths: readonly string[]): Promise<string[]> {
  const app = new Koa();
  app.silent = true;
  app.use(late);
  app.use((ctx) => {
    ctx.body = 'others';
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const found = await Promise.all(
    paths.map(async (path) => {
      const response = await fetch(`${origin}${path}`);
      return `${response.status} ${await response.text()}`;
    }),
  );
  server.close();
  return found;
}

function part(): Router.IMiddleware {
  const router = new Router();
  router.get('/part/:id', (ctx) => {
    ctx.body = 'part';
  });
  return router.routes();
}

describe('lateRoutes', () => {
  let loads = 0;
  beforeEach(() => {
    loads = 0;
  });

  it('loads once for all who ask at once, and nothing for others', async () => {
    const late = lateRoutes(
      ['/part'],
      loadOnce(async () => {
        loads += 1;
        return part();
      }),
    );
    expect(await answers(late, ['/', '/parts/1', '/other/part', '//part'])).to.deep.equal(Array(4).fill('200 others'));
    expect(loads).to.equal(0);

    const found = await answers(late, ['/part/1', '/PART/2', '/part', '/part/1/2']);
    expect(found).to.deep.equal(['200 part', '200 part', '200 others', '200 others']);
    await answers(late, ['/part/3']);
    expect(loads).to.equal(1);
  });

  it('fails for whoever waits for a load that fails, and tries again for the next', async () => {
    const late = lateRoutes(
      ['/part'],
      loadOnce(async () => {
        loads += 1;
        if (loads === 1) throw new Error('no file left');
        return part();
      }),
    );
    expect(await answers(late, ['/part/1', '/other'])).to.deep.equal(['500 Internal Server Error', '200 others']);
    expect(await answers(late, ['/part/1'])).to.deep.equal(['200 part']);
    expect(loads).to.equal(2);
  });
});
