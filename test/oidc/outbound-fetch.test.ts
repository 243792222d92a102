import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { outboundFetch } from '../../src/oidc/outbound-fetch.ts';
import { collectGarbage } from '../support/collect-garbage.ts';

describe('calls to addresses that clients registered', () => {
  let server: Server;
  let port: number;
  let requests: string[];
  let hold: (response: ServerResponse) => void;

  before(async () => {
    server = createServer(async (request, response) => {
      requests.push(`${request.method} ${request.url} ${await text(request)}`);
      if (request.url === '/elsewhere') response.writeHead(302, { location: '/target' }).end();
      else if (request.url === '/long') response.end('x'.repeat(300_000));
      else if (request.url === '/silent') hold(response);
      else if (request.url === '/unfinished') response.write('{', () => hold(response));
      else
        response
          .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'max-age=60' })
          .end('{"keys":[]}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    requests = [];
  });

  const messageOf = (call: Promise<unknown>) => call.then(String, (error: Error) => error.message);

  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433', '0x7f.1']) {
    it(`never reach ${host}`, async () => {
      expect(await messageOf(outboundFetch([])(`http://${host}:${port}/`))).to.equal(
        'refused to call a private address',
      );
      expect(requests).to.deep.equal([]);
    });
  }

  for (const host of [
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    '[64:ff9b::7f00:1]',
  ]) {
    it(`never reach ${host}`, async () => {
      expect(await messageOf(outboundFetch(['127.0.0.1'])(`http://${host}/`))).to.equal(
        'refused to call a private address',
      );
    });
  }

  for (const [allowed, host] of [
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.0/8', '127.0.0.1'],
    ['127.0.0.0/8', 'localhost'],
    ['localhost', 'localhost'],
  ]) {
    it(`reach ${host} when ${allowed} is allowed`, async () => {
      const response = await outboundFetch([allowed ?? ''])(`http://${host}:${port}/keys`);
      expect(response.status).to.equal(200);
      expect(await response.json()).to.deep.equal({ keys: [] });
      expect(response.headers.get('cache-control')).to.equal('max-age=60');
    });
  }

  it('bring their body', async () => {
    const body = new URLSearchParams({ logout_token: 'a.b.c' });
    await outboundFetch(['127.0.0.1'])(`http://127.0.0.1:${port}/logout`, { method: 'POST', body });
    expect(requests).to.deep.equal(['POST /logout logout_token=a.b.c']);
  });

  it('follow no redirect, and read no more than there can be to read', async () => {
    const call = outboundFetch(['127.0.0.1']);
    expect((await call(`http://127.0.0.1:${port}/elsewhere`)).status).to.equal(302);
    expect(await messageOf(call(`http://127.0.0.1:${port}/long`))).to.equal('the answer is too long');
    expect(requests.map((request) => request.trim())).to.deep.equal(['GET /elsewhere', 'GET /long']);
  });

  it('end when they are told to', async () => {
    const call = outboundFetch(['127.0.0.1'])(`http://127.0.0.1:${port}/`, { signal: AbortSignal.abort() });
    expect(await call.then(String, (error: Error) => error.name)).to.equal('AbortError');
  });

  for (const path of ['/silent', '/unfinished']) {
    it(`end when they are told to, although garbage was collected meanwhile: ${path}`, async () => {
      const held = new Promise<ServerResponse>((resolve) => {
        hold = resolve;
      });
      const controller = new AbortController();
      const call = outboundFetch(['127.0.0.1'])(`http://127.0.0.1:${port}${path}`, { signal: controller.signal });
      const ending = call.then(String, (error: Error) => error.name);
      const response = await held;
      await collectGarbage();
      controller.abort();
      // Too late: who still listens was not told.
      response.end('}');
      expect(await ending).to.equal('AbortError');
    });
  }
});
