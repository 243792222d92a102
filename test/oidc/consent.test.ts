import { expect } from 'chai';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy, signedIn } from './support/deployment.ts';
import { RelyingParty } from './support/relying-party.ts';

describe('consent', () => {
  let deployment: Deployment;
  let browser: CookieBrowser;

  beforeEach(async () => {
    deployment = await deploy();
    browser = new CookieBrowser();
  });
  afterEach(() => deployment.close());

  const consents = () => deployment.asked.map(({ request }) => request.consent);

  it("is never asked for the deployment's own applications", async () => {
    const shop = await RelyingParty.discover(deployment, 'shop');
    await shop.signIn(browser, { scope: 'openid email', claims: JSON.stringify({ id_token: { groups: null } }) });
    await shop.signIn(browser, { scope: 'openid profile groups' });
    expect(consents()).to.deep.equal([undefined]);
  });

  it('is asked at the sign-in for others, once, for all that they ask', async () => {
    const guest = await RelyingParty.discover(deployment, 'guest');
    const claims = JSON.stringify({ id_token: { locale: null, acr: null }, userinfo: { groups: null } });
    const tokens = await guest.signIn(browser, { scope: 'openid email', claims });
    expect(consents()).to.deep.equal([{ scopes: ['openid', 'email'], claims: ['groups', 'locale'] }]);
    expect(tokens.claims()).to.include({ email: 'anna@example.com', locale: 'nl' });
    await guest.signIn(browser, { scope: 'openid email', claims });
    expect(deployment.asked).to.have.length(1);
  });

  it('is asked again for what is new alone, in the session that stands', async () => {
    const guest = await RelyingParty.discover(deployment, 'guest');
    const first = await guest.signIn(browser);
    const second = await guest.signIn(browser, { scope: 'openid groups' });
    const { request } = deployment.asked.at(-1) ?? {};
    expect(request?.consent).to.deep.equal({ scopes: ['groups'], claims: [] });
    expect(request?.session).to.include({ account: 'anna' });
    expect(second.claims()).to.deep.include({ groups: ['finance'], auth_time: first.claims()?.auth_time });
  });

  it('is asked when the application asks to, whosever it is', async () => {
    const app = await RelyingParty.discover(deployment, 'app');
    const tokens = await app.signIn(browser, { prompt: 'consent', scope: 'openid offline_access' });
    expect(consents()).to.deep.equal([{ scopes: ['openid', 'offline_access'], claims: [] }]);
    expect(tokens.scope).to.equal('openid offline_access');
  });

  it('belongs to the person who gave it', async () => {
    const guest = await RelyingParty.discover(deployment, 'guest');
    await guest.signIn(browser);
    deployment.answer = (request) => signedIn(request, { account: 'bert' });
    const other = await guest.signIn(new CookieBrowser());
    expect(other.claims()?.sub).to.equal('bert');
    expect(consents()).to.have.length(2);
  });

  it('is of whoever signs in on its page in place of the person there', async () => {
    const [shop, guest] = [
      await RelyingParty.discover(deployment, 'shop'),
      await RelyingParty.discover(deployment, 'guest'),
    ];
    await shop.signIn(browser);
    deployment.answer = ({ session: _, ...request }) => signedIn(request, { account: 'bert' });
    const begun = await guest.begin();
    const { response: signsOut } = await browser.go(begun.url);
    if (signsOut === undefined) throw new Error('expected a page that signs the other person out');
    const on = (await browser.post(signsOut, {})).headers.get('location') ?? '';
    const tokens = await guest.redeem((await browser.go(on)).url, begun);
    expect(tokens.claims()?.sub).to.equal('bert');
    expect(consents()).to.deep.equal([undefined, { scopes: ['openid'], claims: [] }]);
  });

  it('is not kept over a change of the account', async () => {
    const guest = await RelyingParty.discover(deployment, 'guest');
    await guest.signIn(browser);
    deployment.change('anna');
    deployment.answer = (request) => signedIn(request, { epoch: '2.0' });
    await guest.signIn(browser);
    expect(consents()).to.deep.equal([
      { scopes: ['openid'], claims: [] },
      { scopes: ['openid'], claims: [] },
    ]);
  });

  it('shows who asks before an app on a device goes on without a sign-in (RFC 8252)', async () => {
    const phone = await RelyingParty.discover(deployment, 'phone');
    const redirected = async (parameters = {}) => {
      const { url } = await phone.begin(parameters);
      return (await browser.go(url)).url;
    };
    expect((await redirected()).protocol).to.equal('com.example.phone:');
    expect(consents()).to.deep.equal([undefined]);
    expect((await redirected({ prompt: 'none' })).searchParams.get('error')).to.equal('interaction_required');
    expect((await redirected()).searchParams.get('code')).to.be.a('string');
    expect(consents()).to.deep.equal([undefined, { scopes: ['openid'], claims: [] }]);
  });
});
