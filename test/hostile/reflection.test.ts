import { expect } from 'chai';
import { appCode, wrongCode } from '../support/codes.ts';
import { ask, Browser, hidden, keyOf, type Landed } from './support/browser.ts';
import { type Answer, send } from './support/http.ts';
import { CALLBACK, openTarget, type Target } from './support/target.ts';

/** Breaks out of an attribute, of an element and of a string, in HTML, CSS and scripts. */
const PAYLOAD = `zqxss"'><script>alert(1)</script><img src=x onerror=alert(1)></style></title>javascript:alert(1)`;
const EVIL = `https://evil.example/${PAYLOAD}`;

/** What a person of ill will may have had stored: names are free text. */
const stored = [
  {
    type: 'organization',
    code: 'EVIL',
    name: `Office ${PAYLOAD}`,
    secondFactorRequired: true,
    reason: { en: PAYLOAD, nl: PAYLOAD },
    contact: { en: PAYLOAD, nl: PAYLOAD },
  },
  {
    type: 'account',
    organization: 'EVIL',
    username: `eve${PAYLOAD}`,
    password: 'correct horse battery',
    name: PAYLOAD,
  },
  {
    type: 'client',
    id: 'evil',
    name: `Application ${PAYLOAD}`,
    description: { en: PAYLOAD, nl: PAYLOAD },
    metadata: {
      redirect_uris: [CALLBACK],
      token_endpoint_auth_method: 'none',
      client_uri: `https://app.example/?${encodeURIComponent(PAYLOAD)}`,
      policy_uri: `https://app.example/?${encodeURIComponent(PAYLOAD)}`,
      initiate_login_uri: `https://app.example/?${encodeURIComponent(PAYLOAD)}`,
    },
  },
];

for (const lang of ['en', 'nl']) {
  describe(`what somebody sends or stores is shown as text, in "${lang}"`, () => {
    let target: Target;
    let browser: Browser;
    let shown = 0;
    before(async () => {
      target = await openTarget('SQLite and memory', { lines: stored });
    });
    after(() => target.idp.close());
    beforeEach(() => {
      browser = new Browser(target, {
        'accept-language': `${lang}, ${PAYLOAD};q=0.5`,
        'user-agent': PAYLOAD,
        referer: EVIL,
        'x-request-id': PAYLOAD,
        'x-forwarded-for': PAYLOAD,
      });
      const cookies = {
        name: `${encoded(PAYLOAD)}.${encoded(PAYLOAD)}`,
        client: encoded(PAYLOAD),
        language: `"><script>`,
      };
      for (const [name, value] of Object.entries(cookies)) browser.put({ name: `sluis_${name}`, value, path: '/' });
      shown = 0;
    });

    function assertText(answer: Answer, what: string): void {
      const raw = [/<script>alert/i, /<img src=x/i, /zqxss"/, /zqxss'/, /"'>/, /href="javascript:/i];
      const type = answer.headers['content-type'] ?? '';
      if (type.startsWith('text/html')) {
        for (const trace of raw) expect(answer.body, what).to.not.match(trace);
        expect(answer.headers['x-content-type-options'], what).to.equal('nosniff');
        if (answer.body.includes('zqxss')) shown += 1;
      } else if (answer.body !== '') {
        expect(type, what).to.match(/^application\/(jwk-set\+)?json/);
      }
      const { location, 'content-security-policy': policy } = answer.headers;
      expect(`${location} ${policy} ${answer.cookies}`, what).to.not.match(/<script|onerror=/i);
    }

    const assertPage = ({ answer }: Landed, what: string) => assertText(answer, what);

    it('in every parameter of an authorization request', async () => {
      const parameters = [
        'login_hint',
        'ui_locales',
        'state',
        'nonce',
        'acr_values',
        'scope',
        'claims',
        'max_age',
        'prompt',
      ];
      const others = [
        'client_id',
        'redirect_uri',
        'response_type',
        'response_mode',
        'id_token_hint',
        'request',
        'request_uri',
        'resource',
      ];
      for (const name of [...parameters, ...others, 'code_challenge', 'display', 'registration', PAYLOAD]) {
        for (const mode of ['query', 'form_post']) {
          const landed = await browser.begin(ask({ response_mode: mode, [name]: PAYLOAD, lang }));
          assertPage(landed, `${name} by ${mode}`);
        }
      }
      expect(shown, 'pages that show it').to.be.greaterThan(1);
    });

    it('in every field of the sign-in page, and of every page after it', async () => {
      const evil = await browser.begin(ask({ client_id: 'evil' }));
      assertPage(evil, 'first page');
      const fields = { username: PAYLOAD, office: PAYLOAD, remember: 'on', stay: PAYLOAD, lang: PAYLOAD };
      for (const password of ['', PAYLOAD]) assertPage(await browser.answer(evil, { ...fields, password }), 'wrong');
      assertPage(await browser.answer(evil, { step: PAYLOAD, bound: PAYLOAD }), 'another step');
      assertPage(await browser.answer(evil, { act: PAYLOAD, factor: PAYLOAD }), 'another act');

      let page = await browser.password(evil, `eve${PAYLOAD}`, 'EVIL');
      assertPage(page, 'introduction');
      expect(hidden(page.answer).step).to.equal('introduce');
      page = await browser.answer(page, { act: 'answer' });
      assertPage(page, 'set-up');
      assertPage(await browser.answer(page, { code: PAYLOAD }), 'malformed code');
      const typed = keyOf(page);
      page = await browser.answer(page, { code: appCode(target.idp.clock, typed) });
      assertPage(page, 'recovery codes');
      page = await browser.answer(page, { kept: 'on' });
      assertPage(page, 'consent');
      expect(hidden(page.answer).step).to.equal('consent');
      expect(shown).to.be.greaterThan(5);

      // From the application's own page, back to a bookmark of the sign-in: "start again" at the application.
      const done = await browser.answer(page, { act: 'answer' });
      expect(done.left?.origin).to.equal('https://app.example');
      assertText(await browser.get(page.path), 'bookmark');

      target.idp.clock.advance(60_000);
      const next = new Browser(target, { 'accept-language': lang });
      let again = await next.password(await next.begin(), `eve${PAYLOAD}`, 'EVIL');
      for (let tries = 0; tries < 3; tries += 1) {
        again = await next.answer(again, { code: wrongCode(target.idp.clock, typed) });
        assertPage(again, 'wrong code');
      }
      expect(hidden(again.answer).step).to.equal('locked');
    });

    it('in the query, the path and the body of every other page', async () => {
      const query = new URLSearchParams({ lang, [PAYLOAD]: PAYLOAD, from: PAYLOAD });
      const paths = [
        '/',
        '/cannot-sign-in',
        '/session/end',
        '/session/end/success',
        '/interaction/x',
        '/auth/x',
        '/nope',
        '/me',
      ];
      const logout = new URLSearchParams({
        client_id: 'evil',
        id_token_hint: PAYLOAD,
        post_logout_redirect_uri: EVIL,
        state: PAYLOAD,
        logout_hint: PAYLOAD,
        ui_locales: PAYLOAD,
      });
      for (const path of [
        ...paths.map((one) => `${one}?${query}`),
        `/${encodeURIComponent(PAYLOAD)}`,
        `/interaction/${encodeURIComponent(PAYLOAD)}`,
        `/auth/${encodeURIComponent(PAYLOAD)}`,
        `/session/end?${logout}`,
        '/session/end?client_id=evil',
        '/session/end/success?client_id=evil',
        `/session/end/success?client_id=${encodeURIComponent(PAYLOAD)}`,
      ]) {
        assertText(await browser.get(path), path);
      }
      for (const path of ['/interaction/x', '/session/end/confirm', '/token', '/request', '/nope']) {
        assertText(
          await browser.post(path, { xsrf: PAYLOAD, logout: PAYLOAD, grant_type: PAYLOAD, client_id: PAYLOAD }),
          path,
        );
      }
    });

    it('in the headers that name a host, a site or a client', async () => {
      for (const headers of [
        { host: PAYLOAD },
        { origin: PAYLOAD },
        { authorization: `Basic ${Buffer.from(`${PAYLOAD}:${PAYLOAD}`).toString('base64')}` },
        { authorization: `Bearer ${PAYLOAD}` },
        { accept: `text/html, ${PAYLOAD}` },
        { 'content-type': PAYLOAD },
      ]) {
        for (const path of ['/interaction/x', '/token', '/me', '/']) {
          const method = path === '/' ? 'GET' : 'POST';
          const answer = await send(target.address, { method, path, headers: { accept: 'text/html', ...headers } });
          assertText(answer, `${Object.keys(headers)} at ${path}`);
        }
      }
    });
  });
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}
