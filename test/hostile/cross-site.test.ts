import { expect } from 'chai';
import { Browser, hidden, type Landed } from './support/browser.ts';
import { codeOf, send } from './support/http.ts';
import { openTarget, type Target } from './support/target.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a post from another site', () => {
  let target: Target;
  let browser: Browser;
  let page: Landed;
  let cookie: string;
  let body: string;
  before(async () => {
    target = await openTarget('SQLite and memory');
  });
  after(() => target.idp.close());
  beforeEach(async () => {
    browser = new Browser(target);
    page = await browser.begin();
    cookie = browser.cookieFor(page.path);
    body = `${new URLSearchParams({ ...hidden(page.answer), username: 'mila', office: 'MOLEN', password: 'correct horse battery' })}`;
  });

  const origins: Readonly<Record<string, () => Readonly<Record<string, string | string[]>>>> = {
    'without saying where it is from': () => ({}),
    'from another origin': () => ({ origin: 'https://evil.example' }),
    'from nowhere in particular': () => ({ origin: 'null' }),
    'from a subdomain': () => ({ origin: target.issuer.replace('localhost', 'evil.localhost') }),
    'from another port': () => ({ origin: 'http://localhost:1' }),
    'from the same host over https': () => ({ origin: target.issuer.replace('http:', 'https:') }),
    'from an address and not an origin': () => ({ origin: `${target.issuer}/` }),
    'from two origins': () => ({ origin: `${target.issuer}, https://evil.example` }),
    'that the browser calls cross-site': () => ({ 'sec-fetch-site': 'cross-site' }),
    'that the browser calls same-site': () => ({ 'sec-fetch-site': 'same-site' }),
    'that nobody but the address bar began': () => ({ 'sec-fetch-site': 'none' }),
    'that the browser calls cross-site, with our origin': () => ({
      origin: target.issuer,
      'sec-fetch-site': 'cross-site',
    }),
    'with our address as its referrer alone': () => ({ referer: `${target.issuer}/` }),
  };
  for (const [what, headers] of Object.entries(origins)) {
    it(`is refused and does nothing: ${what}`, async () => {
      const answer = await send(target.address, {
        method: 'POST',
        path: page.path,
        headers: { ...FORM, cookie, ...headers() },
        body,
      });
      expect([answer.status, codeOf(answer)]).to.deep.equal([403, 'foreign-origin']);
      // The right password in it did not count.
      expect((await browser.get(page.path)).body).to.include('name="password"');
    });
  }

  it('gets a page that a person can read', async () => {
    const answer = await send(target.address, {
      method: 'POST',
      path: page.path,
      headers: { ...FORM, accept: 'text/html', cookie, origin: 'https://evil.example' },
      body,
    });
    expect(answer.status).to.equal(403);
    expect(answer.body).to.include('This form came from another site').and.include('foreign-origin');
  });

  for (const [what, headers] of [
    ['the origin alone', () => ({ origin: target.issuer })],
    ['what the browser says alone', () => ({ 'sec-fetch-site': 'same-origin' })],
  ] as const) {
    it(`is told from one of our own by ${what}`, async () => {
      const sent = { method: 'POST', path: page.path, headers: { ...FORM, cookie, ...headers() }, body };
      const answer = await send(target.address, sent);
      expect(answer.status).to.equal(200);
      expect(answer.body).to.include(`content="0;url=${target.issuer}/auth/`);
    });
  }

  it('signs nobody out', async () => {
    const signedIn = await browser.password(page, 'mila', 'MOLEN');
    expect(signedIn.left?.searchParams.has('code')).to.equal(true);
    const asked = await browser.get('/session/end');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.body)?.[1] ?? '';
    expect(xsrf).to.have.length.greaterThan(20);
    for (const guess of ['', 'guess', xsrf.slice(1)]) {
      const answer = await browser.post('/session/end/confirm', { xsrf: guess, logout: 'yes' });
      expect(answer.status).to.equal(400);
    }
    expect((await browser.begin()).left?.searchParams.has('code')).to.equal(true);
    expect((await browser.post('/session/end/confirm', { xsrf, logout: 'yes' })).status).to.equal(303);
    expect((await browser.begin()).answer.body).to.include('name="password"');
  });
});
