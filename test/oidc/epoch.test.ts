import { expect } from 'chai';
import * as client from 'openid-client';
import type { Account } from '../../src/domain/account.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy, signedIn } from './support/deployment.ts';
import { anna, type People } from './support/people.ts';
import { errorOf, RelyingParty } from './support/relying-party.ts';

describe('a change of the account', () => {
  let deployment: Deployment;
  let browser: CookieBrowser;
  let office: RelyingParty;

  beforeEach(async () => {
    deployment = await deploy();
    office = await RelyingParty.discover(deployment, 'office');
    browser = new CookieBrowser();
  });
  afterEach(() => deployment.close());

  it('ends refresh tokens, access tokens and the session', async () => {
    const tokens = await office.signIn(browser);
    const robot = await RelyingParty.discover(deployment, 'robot');
    deployment.change('anna');
    expect(await errorOf(office.refresh(tokens.refresh_token))).to.equal('invalid_grant');
    expect(await errorOf(office.userinfo(tokens.access_token))).to.equal(401);
    expect(await client.tokenIntrospection(robot.configuration, tokens.access_token)).to.deep.equal({ active: false });
    expect((await office.ask(browser, { prompt: 'none' })).get('error')).to.equal('login_required');
  });

  it('ends a code that was not redeemed yet', async () => {
    const begun = await office.begin();
    const { url } = await browser.go(begun.url);
    deployment.change('anna');
    expect(await errorOf(office.redeem(url, begun))).to.equal('invalid_grant');
  });

  it('makes the person sign in again, from the start, to a grant of its own', async () => {
    const before = await office.signIn(browser);
    deployment.change('anna');
    deployment.answer = (request) => signedIn(request, { epoch: '2.0' });
    const after = await office.signIn(browser);
    expect(deployment.asked.at(-1)?.request.session).to.equal(undefined);
    expect((await office.refresh(after.refresh_token)).claims()?.sub).to.equal('anna');
    expect(await errorOf(office.refresh(before.refresh_token))).to.equal('invalid_grant');
  });

  it('stops a sign-in that was finished with what was true before', async () => {
    deployment.answer = (request) => {
      deployment.change('anna');
      return signedIn(request, { epoch: '1.0' });
    };
    const { url } = await office.begin();
    const page = (await browser.fetch(url)).headers.get('location') ?? '';
    const back = (await browser.fetch(new URL(page, deployment.issuer))).headers.get('location') ?? '';
    // Asked again, without a code.
    expect((await browser.fetch(back)).headers.get('location')).to.match(/^\/interaction\//);
  });

  for (const [name, end] of [
    ['disabled', (anna: Account, { accounts }: People) => accounts.set('anna', { ...anna, disabled: true })],
    ['gone', (_anna: Account, { accounts }: People) => accounts.delete('anna')],
  ] as const) {
    it(`ends everything when it is ${name}`, async () => {
      const tokens = await office.signIn(browser);
      end(anna, deployment.people);
      expect(await errorOf(office.refresh(tokens.refresh_token))).to.equal('invalid_grant');
      expect(await errorOf(office.userinfo(tokens.access_token))).to.equal(401);
      expect((await office.ask(browser, { prompt: 'none' })).get('error')).to.equal('login_required');
    });
  }
});
