import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { appCode } from '../support/codes.ts';
import { migratedPostgres } from '../support/migrated.ts';
import type { OwnServer } from '../support/own-server.ts';
import { ownPostgres } from '../support/postgres.ts';
import { freshRedis, ownRedis } from '../support/redis.ts';
import { post, redeem, serviceToken } from './support/application.ts';
import { ask, Browser, hidden, type Landed } from './support/browser.ts';
import { codeOf, send } from './support/http.ts';
import { openTarget, type Target } from './support/target.ts';

/** People and applications in the middle of things. */
interface Underway {
  /** Has given the password, and is asked for the code. */
  readonly halfway: { readonly browser: Browser; readonly page: Landed };
  /** Is about to give the password. */
  readonly arriving: { readonly browser: Browser; readonly page: Landed };
  /** Comes back from the sign-in pages, which ends an interaction. */
  readonly leaving: { readonly browser: Browser; readonly page: Landed };
  /** Is signed in. */
  readonly member: Browser;
  readonly code: string;
  readonly verifier: string;
  readonly token: string;
}

async function begin(target: Target): Promise<Underway> {
  const [one, other] = [new Browser(target), new Browser(target)];
  const [last, member] = [new Browser(target), new Browser(target)];
  const halfway = { browser: one, page: await one.password(await one.begin(), 'teun', 'DEVRIES') };
  const arriving = { browser: other, page: await other.begin() };
  const leaving = { browser: last, page: await last.begin() };
  const asked = ask();
  const { left } = await member.password(await member.begin(asked), 'mila', 'MOLEN');
  const { body } = await serviceToken(target);
  return {
    halfway,
    arriving,
    leaving,
    member,
    code: left?.searchParams.get('code') ?? '',
    verifier: asked.verifier,
    token: String(JSON.parse(body).access_token),
  };
}

const stores = {
  redis: async () => {
    const [server, other] = [await ownRedis(), await migratedPostgres()];
    return { server, other, settings: { redis: { url: server.url }, database: { url: other.url } } };
  },
  database: async () => {
    const [server, other] = [await ownPostgres(), await freshRedis()];
    return { server, other, settings: { redis: { url: other.url }, database: { url: server.url } } };
  },
} as const;

for (const [name, open] of Object.entries(stores)) {
  describe(`while the ${name} is away`, () => {
    let server: OwnServer;
    let closeOther: () => Promise<void>;
    let target: Target;
    let underway: Underway;
    before(async () => {
      const opened = await open();
      server = opened.server;
      closeOther = opened.other.close;
      target = await openTarget('SQLite and memory', { settings: opened.settings });
      underway = await begin(target);
      await server.stop();
      // Clients and offices are used for a second without looking again.
      target.idp.clock.advance(2_000);
    });
    after(async () => {
      await target.idp.close();
      await closeOther();
      await server.close();
    });

    it('the sign-in pages say so, and when to come again', async () => {
      const { halfway, arriving, leaving } = underway;
      const { step = '' } = hidden(arriving.page.answer);
      const posted = { step, username: 'mila', office: 'MOLEN', password: 'correct horse battery' };
      const code = { ...hidden(halfway.page.answer), code: appCode(target.idp.clock) };
      const answers = {
        'a page': await arriving.browser.get(arriving.page.path),
        'a right password': await arriving.browser.post(arriving.page.path, posted),
        'a right code': await halfway.browser.post(halfway.page.path, code),
        'giving up': await halfway.browser.post(halfway.page.path, { ...code, act: 'cancel' }),
        'a new sign-in': await new Browser(target).get(`/auth?${new URLSearchParams(ask().query)}`),
        'the way back': await leaving.browser.get(leaving.page.path.replace('interaction', 'auth')),
      };
      for (const [what, { status, headers, body }] of Object.entries(answers)) {
        expect([status, headers['content-type']], what).to.deep.equal([503, 'text/html; charset=utf-8']);
        expect(Number(headers['retry-after']), what).to.be.within(1, 60);
        expect(headers['cache-control'], what).to.equal('no-store');
        expect(body, what)
          .to.include('<dd>unavailable</dd>')
          .and.not.match(/ECONN|redis|postgres|127\.0\.0\.1/i);
      }
    });

    it('nobody gets in, not even who is signed in', async () => {
      const path = `/auth?${new URLSearchParams(ask({ prompt: 'none' }).query)}`;
      const answer = await underway.member.get(path);
      expect(answer.headers.location ?? '').to.not.include('code=');
      expect(answer.status).to.equal(503);
    });

    it('the endpoints for applications say the same', async () => {
      const bearer = { headers: { authorization: `Bearer ${underway.token}` } };
      const answers = {
        'a service': await serviceToken(target),
        'a code': await redeem(target, underway.code, underway.verifier),
        'a refresh': await post(target, '/token', { form: { grant_type: 'refresh_token', refresh_token: 'x' } }),
        userinfo: await send(target.address, { path: '/me', ...bearer }),
      };
      for (const [what, answer] of Object.entries(answers)) {
        // An unknown token needs no account: without SQL it is refused as ever.
        if (name === 'database' && what === 'userinfo') continue;
        expect([answer.status, codeOf(answer)], what).to.deep.equal([503, 'server_error']);
        expect(Number(answer.headers['retry-after']), what).to.be.within(1, 60);
      }
    });

    it('probes tell which one, and that the process lives', async () => {
      const ready = await send(target.address, { path: '/health/ready' });
      expect(ready.status).to.equal(503);
      expect(ready.headers).to.have.property('retry-after');
      const checks = { redis: 'ok', database: 'ok', [name]: 'unreachable' };
      expect(JSON.parse(ready.body)).to.deep.equal({ status: 'unavailable', checks });
      expect((await send(target.address, { path: '/health/live' })).status).to.equal(200);
    });

    it('keys and metadata are answered as ever: applications go on verifying tokens', async () => {
      for (const path of ['/jwks', '/.well-known/openid-configuration', '/']) {
        expect((await send(target.address, { path })).status, path).to.equal(200);
      }
    });

    it('everything goes on by itself when it is back, where it stood', async () => {
      await server.start();
      while ((await send(target.address, { path: '/health/ready' })).status !== 200) await wait(20);
      const { halfway, arriving, member } = underway;
      const done = await halfway.browser.code(halfway.page, appCode(target.idp.clock));
      expect(done.left?.searchParams.has('code')).to.equal(true);
      const signedIn = await arriving.browser.password(arriving.page, 'mila', 'MOLEN');
      expect(signedIn.left?.searchParams.has('code')).to.equal(true);
      expect((await member.begin(ask({ prompt: 'none' }))).left?.searchParams.has('code')).to.equal(true);
      expect((await redeem(target, underway.code, underway.verifier)).status).to.equal(200);
      expect((await serviceToken(target)).status).to.equal(200);
    });
  });
}

describe('while Redis is full', () => {
  it('nobody gets in, and nothing it was given is in the log', async () => {
    const [server, database] = [await ownRedis(), await migratedPostgres()];
    const admin = new Redis(server.url);
    const target = await openTarget('SQLite and memory', {
      settings: { redis: { url: server.url }, database: { url: database.url } },
    });
    const { halfway, member, arriving } = await begin(target);
    await admin.config('SET', 'maxmemory', '1');

    const code = appCode(target.idp.clock);
    const posted = {
      ...hidden(arriving.page.answer),
      username: 'mila',
      office: 'MOLEN',
      password: 'correct horse battery',
    };
    for (const answer of [
      await halfway.browser.post(halfway.page.path, { ...hidden(halfway.page.answer), code }),
      await arriving.browser.post(arriving.page.path, posted),
      await member.get(`/auth?${new URLSearchParams(ask({ prompt: 'none' }).query)}`),
      await serviceToken(target),
    ]) {
      expect(answer.status).to.equal(503);
      expect(answer.headers).to.have.property('retry-after');
    }
    const log = target.idp.log.join('');
    expect(log).to.include('OOM command not allowed');
    for (const { value } of [...halfway.browser.cookies, ...member.cookies]) expect(log).to.not.include(value);
    expect(log).to.not.include('"args"');

    await admin.config('SET', 'maxmemory', '0');
    const done = await halfway.browser.code(halfway.page, code);
    expect(done.left?.searchParams.has('code')).to.equal(true);
    admin.disconnect();
    await target.idp.close();
    await database.close();
    await server.close();
  });
});
