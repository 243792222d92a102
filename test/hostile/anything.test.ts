import { expect } from 'chai';
import fc from 'fast-check';
import { appCode } from '../support/codes.ts';
import { CLIENT_SECRET } from '../support/seed.ts';
import { pairs } from '../support/world.ts';
import { ask, Browser, hidden, type Landed } from './support/browser.ts';
import { type Answer, codeOf, type Sent, send } from './support/http.ts';
import { nasty, parameters } from './support/nasty.ts';
import { CALLBACK, openTarget, type Target } from './support/target.ts';

/** The same requests in every run. fast-check prints it, with the shortest request that fails. */
const SEED = 20_260_115;
const FORM = 'application/x-www-form-urlencoded';

for (const pair of pairs) {
  describe(`whatever a client sends, on ${pair}`, () => {
    let target: Target;
    let routes: readonly string[];
    /** Cookies and addresses of sign-ins that stand at different steps. */
    let sittings: readonly { readonly path: string; readonly cookie: string; readonly form: object }[];

    before(async () => {
      target = await openTarget(pair, {
        settings: {
          // Everything that can be switched on is.
          oidc: {
            responseTypes: ['id_token', 'code id_token', 'none'],
            dynamicRegistration: true,
            dPoP: true,
            deviceFlow: true,
            ciba: true,
            jar: true,
          },
          metrics: true,
          lockout: { attempts: 10, duration: '1m', switchOffAfter: 1_000 },
        },
      });
      routes = await discover(target);
      sittings = await sitDown(target);
    });
    after(() => target.idp.close());

    it('is answered: never a fault, a trace or a page without protection', async function () {
      this.timeout(60_000);
      const [identify] = sittings;
      const text = nasty();
      const fields = fc.dictionary(fc.oneof(parameters(), text), text, { maxKeys: 8 });
      const path = fc
        .tuple(
          fc.oneof({ weight: 8, arbitrary: fc.nat() }, { weight: 1, arbitrary: text }),
          fc.constantFrom('', '/', '//', '/%', '/x'),
        )
        .map(
          ([at, tail]) => (typeof at === 'number' ? routes[at % routes.length] : `/${encodeURIComponent(at)}`) + tail,
        );
      const authorization = fc.oneof(
        fc.constant(`Basic ${Buffer.from(`web:${CLIENT_SECRET}`).toString('base64')}`),
        fc.constant(`Basic ${Buffer.from(`robot:${CLIENT_SECRET}`).toString('base64')}`),
        fc
          .tuple(fc.constantFrom('Basic', 'Bearer', 'DPoP', 'Negotiate', ''), text)
          .map(([scheme, rest]) => `${scheme} ${latin(rest)}`),
      );
      const request = fc.record(
        {
          sitting: fc.option(fc.nat(), { freq: 2, nil: undefined }),
          method: fc.oneof(
            fc.constantFrom('GET', 'POST'),
            fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'SEARCH', 'M-SEARCH'),
          ),
          path,
          query: fc.option(fields, { nil: undefined }),
          valid: fc.boolean(),
          form: fields,
          body: fc.option(fc.oneof(text, fc.json()), { freq: 4, nil: undefined }),
          type: fc.oneof(
            { weight: 4, arbitrary: fc.constant(FORM) },
            {
              weight: 1,
              arbitrary: fc.constantFrom(
                'application/json',
                'text/plain',
                'multipart/form-data; boundary=x',
                `${FORM}; charset=utf-16`,
                `${FORM}; charset=nope`,
              ),
            },
          ),
          headers: fc.dictionary(
            fc.constantFrom(
              'accept',
              'accept-language',
              'accept-encoding',
              'cookie',
              'if-none-match',
              'range',
              'referer',
              'user-agent',
              'x-forwarded-for',
              'x-forwarded-host',
              'content-encoding',
              'dpop',
              'expect',
              'upgrade-insecure-requests',
              'access-control-request-method',
              'sec-fetch-site',
            ),
            text.map(latin),
            { maxKeys: 4 },
          ),
          authorization: fc.option(authorization, { nil: undefined }),
          html: fc.boolean(),
        },
        { noNullPrototype: true },
      );

      await fc.assert(
        fc.asyncProperty(request, async (given) => {
          const sitting = given.sitting === undefined ? undefined : sittings[given.sitting % sittings.length];
          const query = { ...(given.valid ? ask().query : {}), ...given.query };
          const encoded = given.query === undefined && !given.valid ? '' : `?${new URLSearchParams(query)}`;
          const form = {
            ...(given.valid ? { ...sitting?.form, grant_type: 'authorization_code', redirect_uri: CALLBACK } : {}),
            ...given.form,
          };
          const { 'content-encoding': encoding, expect: expectation, ...headers } = given.headers;
          const sent: Sent = {
            method: given.method,
            path: `${sitting === undefined ? given.path : sitting.path}${encoded}`,
            headers: {
              origin: target.issuer,
              'content-type': given.type,
              ...(given.html && { accept: 'text/html' }),
              ...(sitting !== undefined && { cookie: sitting.cookie }),
              ...headers,
              ...(encoding !== undefined && encoding !== '' && { 'content-encoding': encoding }),
              ...(given.authorization !== undefined && { authorization: given.authorization }),
            },
            ...(given.method !== 'GET' &&
              given.method !== 'HEAD' && { body: given.body ?? `${new URLSearchParams(form)}` }),
          };
          expect(expectation === undefined || typeof expectation === 'string').to.equal(true);
          assertSound(await send(target.address, sent), sent);
        }),
        { seed: SEED, numRuns: 1_500, endOnFailure: true },
      );
      expect(identify).to.not.equal(undefined);
    });

    it('left the log without a fault of ours', () => {
      expect(target.idp.log.filter((line) => /"level":(50|60)/.test(line))).to.deep.equal([]);
    });

    it('left a Sluis that still signs people in', async () => {
      target.idp.clock.advance(3_600_000);
      const browser = new Browser(target);
      const landed = await browser.password(await browser.begin(), 'mila', 'MOLEN');
      expect(landed.left?.searchParams.has('code')).to.equal(true);
    });
  });
}

function assertSound({ status, headers, body }: Answer, { method }: Sent): void {
  expect(status).to.be.lessThan(500);
  const type = headers['content-type'] ?? '';
  expect(headers['x-content-type-options']).to.equal('nosniff');
  expect(headers['x-frame-options']).to.equal('DENY');
  expect(headers['content-security-policy'])
    .to.match(/default-src 'none'/)
    .and.match(/frame-ancestors 'none'/);
  expect(headers['cache-control'] ?? (status < 400 ? 'left open' : '')).to.not.equal('');
  expect(body).to.not.match(/\bat .{1,200}\.[cm]?[jt]s:\d+|node_modules|TypeError|ENOENT|SQLITE|select "/);
  if (status < 400 || method === 'HEAD') return;
  expect(headers['cache-control']).to.match(/no-store/);
  if (type.startsWith('text/html'))
    expect(body).to.match(/<dd>[a-z_-]+<\/dd>|name="step" value=|Go back to the application/);
  else expect(codeOf({ status, headers, body, cookies: [] })).to.match(/^[a-z_-]+$/);
}

/** Every address that Sluis answers: those that it publishes, and those that only its own pages lead to. */
async function discover(target: Target): Promise<readonly string[]> {
  const { body } = await send(target.address, { path: '/.well-known/openid-configuration' });
  const published = Object.entries(JSON.parse(body))
    .filter(([name]) => /(_endpoint|_uri)$/.test(name))
    .map(([, address]) => new URL(String(address)).pathname);
  expect(published.length).to.be.greaterThan(9);
  const home = await send(target.address, { path: '/', headers: { accept: 'text/html' } });
  const assets = [...home.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].flatMap(([, path]) => path ?? []);
  expect(assets).to.not.deep.equal([]);
  return [
    ...published,
    ...assets,
    ...['/', '/cannot-sign-in', '/interaction/x', '/auth/x', '/session/end/confirm', '/session/end/success'],
    ...['/health/live', '/health/ready', '/metrics', '/reg/x', '/device/x', '/nope'],
    ...['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/.well-known/nope'],
  ];
}

/** A browser at each kind of page. */
async function sitDown(target: Target) {
  const at = async (path: (browser: Browser) => Promise<Landed>) => {
    const browser = new Browser(target);
    const page = await path(browser);
    const cookie = browser.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return { path: page.path, cookie, form: { ...hidden(page.answer), username: 'mila', office: 'MOLEN' } };
  };
  const identify = (browser: Browser, client = 'web') => browser.begin(ask({ client_id: client }));
  const introduced = async (browser: Browser) => browser.password(await identify(browser), 'noor', 'DEVRIES');
  return Promise.all([
    at(identify),
    at(introduced),
    at(async (browser) => browser.answer(await introduced(browser), { act: 'answer' })),
    at(async (browser) => browser.password(await identify(browser), 'teun', 'DEVRIES')),
    at(async (browser) => browser.password(await identify(browser, 'guest'), 'mila', 'MOLEN')),
    at(async (browser) => {
      const asked = await browser.password(await identify(browser), 'bram', 'MOLEN');
      return browser.answer(asked, { code: appCode(target.idp.clock) });
    }),
  ]);
}

/** What Node lets through in a header. */
function latin(text: string): string {
  return [...text]
    .filter((character) => /[\t\x20-\x7e\x80-\xff]/.test(character))
    .join('')
    .slice(0, 2_000);
}
