import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { appCode, wrongCode } from '../support/codes.ts';
import { CLIENT_SECRET, PASSWORD, TOTP_KEY } from '../support/seed.ts';
import { pairs } from '../support/world.ts';
import { post, redeem, serviceToken } from './support/application.ts';
import { ask, Browser, hidden, keyOf, stepOf } from './support/browser.ts';
import { dumpStores } from './support/dumps.ts';
import { send } from './support/http.ts';
import { openTarget, type Target } from './support/target.ts';

const ENCRYPTION_KEY = 'dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q';
const WRONG_PASSWORD = 'a wrong password, typed twice';
/** Typed where a name belongs: often enough it is a password. */
const WRONG_NAMES = ['Hunter2-in-the-wrong-field', 'somebody.unknown@elsewhere.example'];

for (const pair of pairs) {
  describe(`secrets, on ${pair}`, () => {
    let target: Target;
    /** What must be nowhere. */
    const secrets = new Set([PASSWORD, WRONG_PASSWORD, CLIENT_SECRET, ENCRYPTION_KEY, TOTP_KEY, ...WRONG_NAMES]);
    /** Six digits, which a longer number may contain by chance. */
    const codes = new Set<string>();
    before(async () => {
      target = await openTarget(pair);
      await useEverything();
    });
    after(() => target.idp.close());

    function keepCookies(...browsers: readonly Browser[]): void {
      for (const { name, value } of browsers.flatMap(({ cookies }) => cookies)) {
        if (name !== 'sluis_client' && name !== 'sluis_language') secrets.add(value);
      }
    }

    function keepTokens(body: string): Readonly<Record<string, string>> {
      const { access_token, refresh_token, id_token } = JSON.parse(body);
      for (const token of [access_token, refresh_token, id_token]) if (token !== undefined) secrets.add(token);
      expect(access_token).to.be.a('string');
      return { access_token, refresh_token, id_token };
    }

    const typed = (code: string) => {
      codes.add(code);
      return { code };
    };

    /** Every way in, right and wrong, and what is left lying about on the way. */
    async function useEverything(): Promise<void> {
      const { clock } = target.idp;
      const noor = new Browser(target);
      const asked = ask({
        scope: 'openid profile email',
        login_hint: 'noor@devries.example',
        nonce: 'a-nonce-of-the-app',
      });
      let page = await noor.begin(asked);
      for (const name of WRONG_NAMES) await noor.password(page, name, 'DEVRIES', WRONG_PASSWORD);
      await noor.password(page, 'noor', 'DEVRIES', WRONG_PASSWORD);
      page = await noor.answer(page, {
        username: 'noor',
        office: 'DEVRIES',
        password: PASSWORD,
        remember: 'on',
        stay: 'on',
      });
      page = await noor.answer(page, { act: 'answer' });
      const key = keyOf(page);
      secrets.add(key);
      await noor.answer(page, typed(wrongCode(clock, key)));
      page = await noor.answer(page, typed(appCode(clock, key)));
      expect(stepOf(page)).to.equal('keep-codes');
      const recovery = [...page.answer.body.matchAll(/<li[^>]*>(?:<[^>]*>)*([\d ]{8,})/g)].map(([, one = '']) =>
        one.replace(/\s/g, ''),
      );
      expect(recovery).to.have.length(6);
      for (const one of recovery) secrets.add(one);
      keepCookies(noor);
      const { left } = await noor.answer(page, { kept: 'on' });
      const code = left?.searchParams.get('code') ?? '';
      secrets.add(code);
      secrets.add(asked.verifier);

      const tokens = keepTokens((await redeem(target, code, asked.verifier)).body);
      expect((await redeem(target, code, asked.verifier)).status).to.equal(400);
      const next = ask();
      const silent = (await noor.begin(next)).left?.searchParams.get('code') ?? '';
      secrets.add(silent);
      const {
        access_token = '',
        refresh_token = '',
        id_token = '',
      } = keepTokens((await redeem(target, silent, next.verifier)).body);
      const refreshed = keepTokens(
        (await post(target, '/token', { form: { grant_type: 'refresh_token', refresh_token } })).body,
      );
      await post(target, '/token', { form: { grant_type: 'refresh_token', refresh_token } });
      for (const token of [tokens.access_token, access_token, refreshed.access_token, 'made-up-token-of-a-stranger']) {
        secrets.add(`${token}`);
        await send(target.address, { path: '/me', headers: { authorization: `Bearer ${token}` } });
        await post(target, '/token/introspection', { form: { token: `${token}` } });
      }
      await post(target, '/token/revocation', { form: { token: `${refreshed.access_token}` } });
      keepTokens((await serviceToken(target)).body);
      const badSecret = 'not-the-secret-of-the-application';
      secrets.add(badSecret);
      await post(target, '/token', { secret: badSecret, form: { grant_type: 'client_credentials' } });
      await post(target, `/token?client_secret=${CLIENT_SECRET}`, {
        form: { client_secret: CLIENT_SECRET, code, password: PASSWORD },
      });
      await post(target, '/request', { form: { ...ask().query, client_secret: CLIENT_SECRET } });

      clock.advance(120_000);
      const other = new Browser(target);
      page = await other.password(await other.begin(), 'noor', 'DEVRIES');
      await other.answer(page, typed(wrongCode(clock, key)));
      page = await other.answer(page, { act: 'choose', factor: 'recovery-code' });
      await other.answer(page, { code: `${recovery[0]?.slice(0, -1)}${(Number(recovery[0]?.at(-1)) + 1) % 10}` });
      expect((await other.answer(page, { code: recovery[0] ?? '' })).left?.searchParams.has('code')).to.equal(true);
      keepCookies(other);
      const asks = await other.get(
        `/session/end?${new URLSearchParams({ id_token_hint: id_token, client_id: 'web' })}`,
      );
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(asks.body)?.[1] ?? '';
      secrets.add(xsrf);
      await other.post('/session/end/confirm', { xsrf, logout: 'yes' });

      // Left open: a wizard half-way, a code that nobody redeems, a challenge.
      const parked = new Browser(target);
      page = await parked.password(await parked.begin(), 'teun', 'DEVRIES');
      await parked.post(page.path, {
        ...hidden(page.answer),
        ...typed(wrongCode(clock)),
        bound: 'somebody-elses-form',
      });
      const unused = new Browser(target);
      const { left: unredeemed } = await unused.password(await unused.begin(), 'mila', 'MOLEN');
      secrets.add(unredeemed?.searchParams.get('code') ?? '');
      keepCookies(parked, unused);
      await breakParser(parked, page.path);
    }

    /** What Node cannot read, right behind a request that takes a moment. */
    async function breakParser(browser: Browser, path: string): Promise<void> {
      const { host, port } = new URL(target.address);
      const socket = connect(Number(port), 'localhost');
      await once(socket, 'connect');
      const cookie = browser.cookieFor(path);
      secrets.add(cookie);
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\npassword=${PASSWORD}\r\n\r\n`);
      expect(await text(socket)).to.include('400 Bad Request');
    }

    /** The secrets that are found, in any writing. */
    function found(lines: readonly string[], more: readonly string[] = []): string[] {
      const haystack = lines.join('\n');
      const writings = (secret: string) => [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        Buffer.from(secret).toString('base64url'),
        Buffer.from(secret).toString('hex'),
        [...Buffer.from(secret)].join(','),
      ];
      const long = [...secrets, ...more].filter((secret) => writings(secret).some((one) => haystack.includes(one)));
      const short = [...codes].filter((code) => new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(haystack));
      return [...long, ...short];
    }

    it('were used: passwords, keys, codes, cookies, tokens', () => {
      expect([...secrets].filter((secret) => secret === '' || secret === 'undefined')).to.deep.equal([]);
      expect(secrets.size).to.be.greaterThan(30);
      expect(codes.size).to.be.greaterThan(1);
    });

    it('are not in the log, at the level of most detail, and neither are names and addresses of people', () => {
      expect(target.idp.log.length).to.be.greaterThan(40);
      expect(target.idp.log.join('')).to.include('HPE_INVALID_METHOD');
      expect(
        found(target.idp.log, ['noor@devries.example', 'Noor Bakker', '"noor"', 'a-nonce-of-the-app']),
      ).to.deep.equal([]);
    });

    it('are not in a copy of the stores', async () => {
      const lines = await dumpStores(target.idp.settings);
      const dump = lines.join('\n');
      for (const kept of ['noor', 'sign-in.wrong', 'factor.wrong', '$argon2id$']) expect(dump).to.include(kept);
      expect(found(lines)).to.deep.equal([]);
    });
  });
}
