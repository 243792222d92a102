import { expect } from 'chai';
import * as client from 'openid-client';
import { SFA } from '../../src/domain/acr.ts';
import { SECRET } from './support/applications.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy, signedIn } from './support/deployment.ts';
import { bert } from './support/people.ts';
import { errorOf, RelyingParty } from './support/relying-party.ts';

describe('authorization code flow', () => {
  let deployment: Deployment;
  let browser: CookieBrowser;

  before(async () => {
    deployment = await deploy();
  });
  after(() => deployment.close());
  beforeEach(() => {
    browser = new CookieBrowser();
    deployment.answer = signedIn;
  });

  it('gives an ID token that says who signed in, and how', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    const tokens = await shop.signIn(browser);
    const claims = tokens.claims();
    expect(claims).to.include({ iss: deployment.issuer, aud: 'shop', sub: 'anna', acr: SFA });
    expect(claims).to.have.deep.property('amr', ['pwd']);
    expect(claims?.auth_time).to.be.a('number');
    expect(claims).to.not.have.any.keys('email', 'org_id', 'roles', 'groups', 'name', 'proofs', 'epoch');
    expect(tokens.refresh_token).to.equal(undefined);
  });

  it('shows what the scopes allow, in the ID token and at userinfo alike', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    const tokens = await shop.signIn(browser, { scope: 'openid profile email organization roles groups' });
    const expected = {
      sub: 'anna',
      name: 'Anna de Vries',
      given_name: 'Anna',
      family_name: 'de Vries',
      preferred_username: 'anna',
      locale: 'nl',
      email: 'anna@example.com',
      email_verified: true,
      org_id: 'o1',
      org_code: 'north',
      org_name: 'Office North',
      roles: ['superuser'],
      groups: ['finance'],
    };
    expect(tokens.claims()).to.deep.include(expected);
    expect(await shop.userinfo(tokens.access_token, 'anna')).to.deep.equal(expected);
  });

  it('shows a single claim that the claims parameter asks for', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    const claims = JSON.stringify({ id_token: { org_code: null }, userinfo: { email: { essential: true } } });
    const tokens = await shop.signIn(browser, { claims });
    expect(tokens.claims()).to.include({ org_code: 'north' }).and.not.have.any.keys('email', 'org_id');
    expect(await shop.userinfo(tokens.access_token)).to.deep.equal({ sub: 'anna', email: 'anna@example.com' });
  });

  it('says nothing of an address that an account does not have, and no more than the client may see', async () => {
    deployment.answer = (request) => signedIn(request, { account: bert.id });
    const narrow = await RelyingParty.discover(deployment, 'narrow');
    const tokens = await narrow.signIn(browser, { scope: 'openid email' });
    expect(tokens.claims()).to.include({ sub: 'bert' }).and.not.have.any.keys('email', 'email_verified');
    const refused = await narrow.ask(new CookieBrowser(), { scope: 'openid groups' });
    expect(refused.get('error')).to.equal('invalid_scope');
  });

  it('signs with ES256, and with RS256 for a client that wants it', async () => {
    const algorithmOf = (token = '') => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).alg;
    const shop = await RelyingParty.discover(deployment, 'shop');
    expect(algorithmOf((await shop.signIn(browser)).id_token)).to.equal('ES256');
    const legacy = await RelyingParty.discover(deployment, 'legacy', { alg: 'RS256' });
    expect(algorithmOf((await legacy.signIn(browser)).id_token)).to.equal('RS256');
  });

  it('wants PKCE with S256 of every client but an exempted confidential one', async () => {
    const errors: (string | null)[] = [];
    for (const id of ['shop', 'app', 'legacy']) {
      const party = await RelyingParty.discover(deployment, id);
      const { url } = await party.begin();
      url.searchParams.delete('code_challenge');
      url.searchParams.delete('code_challenge_method');
      errors.push((await new CookieBrowser().go(url)).url.searchParams.get('error'));
    }
    // "app" is exempted in the store, but public.
    expect(errors).to.deep.equal(['invalid_request', 'invalid_request', null]);
    const shop = await RelyingParty.discover(deployment, 'shop');
    expect((await shop.ask(browser, { code_challenge_method: 'plain' })).get('error')).to.equal('invalid_request');
  });

  it('refuses a wrong verifier, and a code that was used', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    const begun = await shop.begin();
    const { url } = await browser.go(begun.url);
    const wrong = { ...begun, verifier: client.randomPKCECodeVerifier() };
    expect(await errorOf(shop.redeem(url, wrong))).to.equal('invalid_grant');
    await shop.redeem(url, begun);
    expect(await errorOf(shop.redeem(url, begun))).to.equal('invalid_grant');
  });

  it('posts the response as a form when asked, and puts it into no fragment', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    const begun = await shop.begin({ response_mode: 'form_post' });
    const { response } = await browser.go(begun.url);
    const html = (await response?.text()) ?? '';
    expect(html).to.include(`action="${shop.redirect}"`);
    const fields = [...html.matchAll(/name="([^"]+)" value="([^"]+)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    const posted = new Request(shop.redirect, {
      method: 'POST',
      body: new URLSearchParams(Object.fromEntries(fields)),
    });
    expect((await shop.redeem(posted, begun)).claims()?.sub).to.equal('anna');
    expect((await browser.go((await shop.begin({ response_mode: 'fragment' })).url)).url.hash).to.include(
      'error=invalid_request',
    );
  });

  it('takes a pushed request, once', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    const begun = await shop.begin();
    const url = await client.buildAuthorizationUrlWithPAR(shop.configuration, begun.asked);
    expect([...url.searchParams.keys()].sort()).to.deep.equal(['client_id', 'request_uri']);
    const { url: answered } = await browser.go(url);
    expect((await shop.redeem(answered, begun)).claims()?.sub).to.equal('anna');
    expect((await new CookieBrowser().go(url)).url.searchParams.get('code')).to.equal(null);
  });

  it('issues no other response type', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    for (const type of ['id_token', 'code id_token', 'none', 'token']) {
      const { url } = await browser.go((await shop.begin({ response_type: type })).url);
      expect(`${url.search}${url.hash}`, type).to.match(/error=(unsupported_response_type|invalid_request)/);
    }
  });

  it('tells the application that the person gave up', async () => {
    deployment.answer = () => undefined;
    const shop = await RelyingParty.discover(deployment, 'shop');
    expect((await shop.ask(browser)).get('error')).to.equal('access_denied');
    expect(browser.cookies).to.not.include('sluis');
  });

  it('hands the sign-in pages what the request says', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    deployment.asked.length = 0;
    await shop.ask(browser, { login_hint: 'anna', ui_locales: 'nl en', acr_values: `${SFA} phr`, prompt: 'login' });
    const [interaction] = deployment.asked;
    expect(interaction?.uiLocales).to.deep.equal(['nl', 'en']);
    const { uid, ...request } = interaction?.request ?? { uid: undefined };
    expect(uid).to.be.a('string');
    const asked = { client: 'shop', fresh: true, inPerson: true, acceptableAcrs: [SFA, 'phr'], loginHint: 'anna' };
    expect(request).to.deep.equal(asked);
  });

  it('works with basic and with posted secrets, and not with wrong ones', async () => {
    const office = await RelyingParty.discover(deployment, 'office');
    expect((await office.signIn(browser)).claims()?.sub).to.equal('anna');
    const thief = await RelyingParty.discover(deployment, 'shop', { auth: client.ClientSecretBasic(`${SECRET}!`) });
    expect(await errorOf(thief.signIn(browser))).to.equal(401);
  });

  it('asks again when somebody goes to the address to come back to without having signed in', async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    const { url } = await shop.begin();
    const page = (await browser.fetch(url)).headers.get('location') ?? '';
    const back = await browser.fetch(`${deployment.issuer}/auth/${page.split('/').at(-1)}`);
    expect(back.headers.get('location')).to.match(/^\/interaction\//);
    expect(browser.cookies).to.not.include('sluis');
  });
});
