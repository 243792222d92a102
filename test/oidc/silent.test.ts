import { expect } from 'chai';
import { MFA } from '../../src/domain/acr.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy, signedIn } from './support/deployment.ts';
import { essential, RelyingParty } from './support/relying-party.ts';

describe('prompt=none', () => {
  let deployment: Deployment;
  let browser: CookieBrowser;
  let shop: RelyingParty;

  beforeEach(async () => {
    deployment = await deploy();
    shop = await RelyingParty.discover(deployment, 'shop');
    browser = new CookieBrowser();
  });
  afterEach(() => deployment.close());

  const silently = async (party: RelyingParty, more: Readonly<Record<string, string>> = {}) =>
    (await party.ask(browser, { prompt: 'none', ...more })).get('error');

  it('is answered with a code in a session that is enough', async () => {
    await shop.signIn(browser);
    expect(await silently(shop)).to.equal(null);
    expect(await silently(await RelyingParty.discover(deployment, 'office'))).to.equal(null);
  });

  it('needs a session', async () => {
    expect(await silently(shop)).to.equal('login_required');
  });

  it('needs a sign-in that is young enough', async () => {
    deployment.answer = (request) => signedIn(request, { identifiedAt: Date.now() - 100_000 });
    await shop.signIn(browser);
    expect(await silently(shop, { max_age: '200' })).to.equal(null);
    expect(await silently(shop, { max_age: '50' })).to.equal('login_required');
    expect(await silently(shop, { max_age: '0' })).to.equal('login_required');
  });

  it('needs an account that did not change', async () => {
    await shop.signIn(browser);
    deployment.change('anna');
    expect(await silently(shop)).to.equal('login_required');
  });

  it('needs enough proofs', async () => {
    await shop.signIn(browser);
    expect(await silently(shop, { acr_values: MFA })).to.equal('interaction_required');
  });

  it('cannot reach an essential acr, nor one that nobody knows', async () => {
    await shop.signIn(browser);
    expect(await silently(shop, { claims: essential(MFA) })).to.equal('unmet_authentication_requirements');
    expect(await silently(shop, { claims: essential('urn:unknown') })).to.equal('unmet_authentication_requirements');
  });

  it("needs consent for a client that is not the deployment's own", async () => {
    await shop.signIn(browser);
    const guest = await RelyingParty.discover(deployment, 'guest');
    expect(await silently(guest)).to.equal('consent_required');
    await guest.signIn(browser);
    expect(await silently(guest)).to.equal(null);
    expect(await silently(guest, { scope: 'openid email' })).to.equal('consent_required');
  });
});
