import { expect } from 'chai';
import fc from 'fast-check';
import { appCode } from '../support/codes.ts';
import { pairs } from '../support/world.ts';
import { ask, Browser, hidden, type Landed } from './support/browser.ts';
import { type Answer, codeOf, type Sent, send } from './support/http.ts';
import { requests, type Seat } from './support/requests.ts';
import { openTarget, type Target } from './support/target.ts';

/** The same requests in every run. fast-check prints it, with the request that failed. */
const SEED = 20_260_115;

/** Everything that can be switched on is, and blocks are rare: more of Sluis is reached. */
const settings = {
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
};

for (const pair of pairs) {
  describe(`whatever a client sends, on ${pair}`, () => {
    let target: Target;
    before(async () => {
      target = await openTarget(pair, { settings });
    });
    after(() => target.idp.close());

    it('is answered, with a code where it is refused, and never with a fault, a trace or an unprotected page', async () => {
      const anything = requests(target.issuer, await discover(target), await sitDown(target));
      const property = fc.asyncProperty(anything, async (sent) => assertSound(await send(target.address, sent), sent));
      await fc.assert(property, { seed: SEED, numRuns: 1_000, endOnFailure: true });
    });

    it('leaves no fault of ours in the log', () => {
      expect(target.idp.log.filter((line) => /"level":(50|60)/.test(line))).to.deep.equal([]);
    });

    it('leaves a Sluis that signs people in', async () => {
      target.idp.clock.advance(3_600_000);
      const browser = new Browser(target);
      const landed = await browser.password(await browser.begin(), 'mila', 'MOLEN');
      expect(landed.left?.searchParams.has('code')).to.equal(true);
    });
  });
}

function assertSound(answer: Answer, { method }: Sent): void {
  const { status, headers, body } = answer;
  const isPage = headers['content-type']?.startsWith('text/html') === true;
  const policy = headers['content-security-policy'];
  expect(status).to.be.lessThan(500);
  expect(body).to.not.match(/\bat .{1,200}\.[cm]?[jt]s:\d+|node_modules|TypeError|ENOENT|SQLITE_|select "/);
  expect(headers['x-content-type-options']).to.equal('nosniff');
  expect(headers['x-frame-options']).to.equal('DENY');
  expect(policy).to.include("default-src 'none'");
  if (isPage) expect(policy).to.include("frame-ancestors 'none'").and.include("script-src 'self'");
  if (isPage || status >= 400) expect(headers['cache-control']).to.include('no-store');
  if (status < 400 || method === 'HEAD') return;
  if (isPage) expect(body).to.match(/<dd>[a-z_-]+<\/dd>|name="(step|user_code)"|Go back to the application/);
  else expect(codeOf(answer)).to.match(/^[a-z_-]+$/);
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
    ...['/health/live', '/health/ready', '/metrics', '/reg/x', '/device', '/device/x', '/nope'],
    ...['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/.well-known/nope'],
  ];
}

/** A browser at each kind of page. */
async function sitDown(target: Target): Promise<readonly Seat[]> {
  const at = async (step: string, walk: (browser: Browser) => Promise<Landed>): Promise<Seat> => {
    const browser = new Browser(target);
    const page = await walk(browser);
    const form = hidden(page.answer);
    expect(form.step).to.equal(step);
    const cookie = browser.cookieFor(page.path);
    return { path: page.path, cookie, form: { ...form, username: 'mila', office: 'MOLEN' } };
  };
  const begin = (browser: Browser, client = 'web') => browser.begin(ask({ client_id: client }));
  const introduced = async (browser: Browser) => browser.password(await begin(browser), 'noor', 'DEVRIES');
  return Promise.all([
    at('identify', begin),
    at('introduce', introduced),
    at('enrol:totp', async (browser) => browser.answer(await introduced(browser), { act: 'answer' })),
    at('prove:totp', async (browser) => browser.password(await begin(browser), 'teun', 'DEVRIES')),
    at('consent', async (browser) => browser.password(await begin(browser, 'guest'), 'mila', 'MOLEN')),
    at('keep-codes', async (browser) => {
      const asked = await browser.password(await begin(browser), 'bram', 'MOLEN');
      return browser.answer(asked, { code: appCode(target.idp.clock) });
    }),
  ]);
}
