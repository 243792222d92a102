import { expect } from 'chai';
import { buildEndSessionUrl } from 'openid-client';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { errorOf, RelyingParty, type Tokens } from './support/relying-party.ts';

describe('signing out', () => {
  let deployment: Deployment;
  let browser: CookieBrowser;
  let office: RelyingParty;
  let tokens: Tokens;

  before(async () => {
    deployment = await deploy();
  });
  after(() => deployment.close());
  beforeEach(async () => {
    office = await RelyingParty.discover(deployment, 'office');
    browser = new CookieBrowser();
    tokens = await office.signIn(browser);
  });

  const signOut = (more = {}) =>
    browser.fetch(buildEndSessionUrl(office.configuration, { id_token_hint: tokens.id_token ?? '', ...more }));

  it('asks first, then ends the session and every token of it, and leads back', async () => {
    const page = await signOut({ post_logout_redirect_uri: 'https://office.example/bye', state: 's1' });
    expect(page.status).to.equal(200);
    expect(await page.clone().text())
      .to.include('<title>sign out The office</title>')
      .and.include('op.logoutForm');
    const done = await browser.post(page, { logout: 'yes' });
    expect(done.headers.get('location')).to.equal('https://office.example/bye?state=s1');
    expect(browser.cookies).to.not.include('sluis');
    expect(await errorOf(office.refresh(tokens.refresh_token))).to.equal('invalid_grant');
    expect(await errorOf(office.userinfo(tokens.access_token))).to.equal(401);
  });

  it('does nothing when the person stays', async () => {
    const done = await browser.post(await signOut(), {});
    expect(done.status).to.equal(303);
    expect((await office.ask(browser, { prompt: 'none' })).get('code')).to.be.a('string');
  });

  it('says so on a page of its own where the application has none', async () => {
    const done = await browser.post(await signOut(), { logout: 'yes' });
    const { response } = await browser.go(done.headers.get('location') ?? '');
    expect(await response?.text()).to.include('<title>signed out');
  });

  it('leads to no address that is not registered', async () => {
    const page = await signOut({ post_logout_redirect_uri: 'https://evil.example/' });
    expect(page.status).to.equal(400);
    expect(await page.text())
      .to.include('<title>invalid_request</title>')
      .and.not.include('evil');
  });

  it('leaves tokens that were given for offline_access', async () => {
    const fresh = new CookieBrowser();
    const offline = await office.signIn(fresh, { prompt: 'consent', scope: 'openid offline_access' });
    const page = await fresh.fetch(buildEndSessionUrl(office.configuration, { id_token_hint: offline.id_token ?? '' }));
    await fresh.post(page, { logout: 'yes' });
    expect((await office.refresh(offline.refresh_token)).claims()?.sub).to.equal('anna');
  });
});
