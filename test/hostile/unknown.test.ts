import { expect } from 'chai';
import { ask, Browser } from './support/browser.ts';
import { codeOf, send } from './support/http.ts';
import { CALLBACK, openTarget, type Target } from './support/target.ts';

describe('what Sluis does not know', () => {
  let target: Target;
  before(async () => {
    target = await openTarget('SQLite and memory');
  });
  after(() => target.idp.close());

  const applications: Readonly<Record<string, readonly [query: Readonly<Record<string, string>>, code: string]>> = {
    'an unknown application': [{ client_id: 'nobody' }, 'invalid_client'],
    'an application named like a property of everything': [{ client_id: '__proto__' }, 'invalid_client'],
    'an application with a null byte': [{ client_id: 'web\0' }, 'invalid_client'],
    'no application': [{ client_id: '' }, 'invalid_request'],
    'an unknown address to return to': [{ redirect_uri: 'https://evil.example/' }, 'invalid_redirect_uri'],
    'a longer address than the known one': [{ redirect_uri: `${CALLBACK}/../evil` }, 'invalid_redirect_uri'],
    'the known address with a query': [{ redirect_uri: `${CALLBACK}?next=evil` }, 'invalid_redirect_uri'],
    'the known address with a user': [
      { redirect_uri: CALLBACK.replace('//', '//app.example@evil.example/') },
      'invalid_redirect_uri',
    ],
    'the known address in other letters': [{ redirect_uri: CALLBACK.toUpperCase() }, 'invalid_redirect_uri'],
    'a script in place of an address': [{ redirect_uri: 'javascript:alert(1)' }, 'invalid_redirect_uri'],
    'an application that nobody signs in to': [{ client_id: 'robot' }, 'invalid_redirect_uri'],
  };
  for (const [what, [query, code]] of Object.entries(applications)) {
    it(`leads nowhere and is a page with a code: ${what}`, async () => {
      const browser = new Browser(target);
      const { answer, left } = await browser.begin(ask(query));
      expect([answer.status, left]).to.deep.equal([400, undefined]);
      expect(answer.headers['content-type']).to.equal('text/html; charset=utf-8');
      expect(answer.body).to.include(`<dd>${code}</dd>`).and.not.include('evil');
      expect(browser.session).to.equal(undefined);
    });
  }

  const foreign = [
    ['/nope', 404, 'not-found'],
    ['/interaction/nope', 400, 'interaction-expired'],
    ['/interaction/', 404, 'not-found'],
    ['/interaction/a/b', 404, 'not-found'],
    ['/assets/sluis.0000000000.css', 404, 'not-found'],
    ['/assets/../package.json', 404, 'not-found'],
    ['/assets/%2e%2e%2fpackage.json', 404, 'not-found'],
    ['/%', 404, 'not-found'],
    ['/%00', 404, 'not-found'],
    ['/interaction/%', 400, 'interaction-expired'],
    ['/interaction/%00', 400, 'interaction-expired'],
    ['//evil.example/%2f..', 404, 'not-found'],
    ['/\\evil.example', 404, 'not-found'],
    [`/${'a/'.repeat(4_000)}`, 404, 'not-found'],
    [`/interaction/${'a'.repeat(8_000)}`, 400, 'interaction-expired'],
    ['/auth/nope', 400, 'interaction-expired'],
    ['/.well-known/nope', 404, 'not-found'],
    ['/metrics', 404, 'not-found'],
  ] as const;
  for (const [path, status, code] of foreign) {
    it(`is a page for a browser and a code for a program: ${path.slice(0, 40)}`, async () => {
      const answer = await send(target.address, { path, headers: { accept: 'application/json' } });
      expect([answer.status, codeOf(answer) ?? 'page']).to.deep.equal([
        status,
        path.startsWith('/auth') ? 'page' : code,
      ]);
      const page = await send(target.address, { path, headers: { accept: 'text/html' } });
      expect([page.status, page.headers['content-type']]).to.deep.equal([status, 'text/html; charset=utf-8']);
      // An old sign-in page says what to do in place of a code.
      expect(page.body).to.include(code === 'interaction-expired' ? 'Go back to the application' : `<dd>${code}</dd>`);
      expect(page.headers['cache-control']).to.equal('no-store');
    });
  }

  describe('of methods', () => {
    const routes = ['/', '/cannot-sign-in', '/interaction/nope', '/health/live', '/health/ready'];
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'POST']) {
      for (const path of routes.filter((route) => method !== 'POST' || !route.startsWith('/interaction'))) {
        it(`is refused, and told what is known: ${method} ${path}`, async () => {
          const answer = await send(target.address, { method, path });
          expect([answer.status, codeOf(answer)]).to.deep.equal([405, 'method-not-allowed']);
          expect(answer.headers.allow).to.match(/^GET, HEAD, OPTIONS(, POST)?$/);
        });
      }
    }

    it('answers OPTIONS with those it has, and nothing else', async () => {
      const { status, headers, body } = await send(target.address, { method: 'OPTIONS', path: '/interaction/nope' });
      expect([status, headers.allow, body]).to.deep.equal([204, 'GET, HEAD, OPTIONS, POST', '']);
      expect(headers).to.not.have.property('access-control-allow-origin');
    });

    it('answers HEAD as GET, without the page', async () => {
      for (const path of ['/', '/cannot-sign-in', '/interaction/nope', '/nope']) {
        const [head, get] = await Promise.all(
          ['HEAD', 'GET'].map((method) => send(target.address, { method, path, headers: { accept: 'text/html' } })),
        );
        expect([head?.status, head?.body], path).to.deep.equal([get?.status, '']);
      }
    });

    it('refuses them at the endpoints of the protocol', async () => {
      for (const path of ['/auth', '/token', '/me', '/jwks', '/session/end', '/session/end/confirm']) {
        for (const method of ['PUT', 'DELETE', 'TRACE', 'PATCH']) {
          const answer = await send(target.address, { method, path });
          expect([answer.status, codeOf(answer)], `${method} ${path}`).to.deep.equal([404, 'not-found']);
        }
      }
    });
  });
});
