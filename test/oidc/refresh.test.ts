import { expect } from 'chai';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { errorOf, RelyingParty } from './support/relying-party.ts';

describe('refresh tokens', () => {
  let deployment: Deployment;

  before(async () => {
    deployment = await deploy();
  });
  after(() => deployment.close());

  for (const id of ['office', 'app']) {
    it(`are for a client whose grant types say so, without offline_access (${id})`, async () => {
      const party = await RelyingParty.discover(deployment, id);
      const first = await party.signIn(new CookieBrowser());
      const second = await party.refresh(first.refresh_token);
      expect(second.refresh_token).to.be.a('string').and.not.equal(first.refresh_token);
      expect(second.claims()).to.include({
        sub: 'anna',
        auth_time: first.claims()?.auth_time,
        acr: first.claims()?.acr,
      });
      expect((await party.userinfo(second.access_token)).sub).to.equal('anna');
    });
  }

  it('work once: who uses one again ends all of them', async () => {
    const party = await RelyingParty.discover(deployment, 'office');
    const first = await party.signIn(new CookieBrowser());
    const second = await party.refresh(first.refresh_token);
    expect(await errorOf(party.refresh(first.refresh_token))).to.equal('invalid_grant');
    expect(await errorOf(party.refresh(second.refresh_token))).to.equal('invalid_grant');
    expect(await errorOf(party.userinfo(second.access_token))).to.equal(401);
  });

  it('give one winner when used several times at once', async () => {
    const party = await RelyingParty.discover(deployment, 'office');
    const { refresh_token: token } = await party.signIn(new CookieBrowser());
    const errors = await Promise.all(Array.from({ length: 4 }, () => errorOf(party.refresh(token))));
    expect(errors.filter((error) => error === undefined).length).to.be.at.most(1);
  });

  it('are of the client that got them', async () => {
    const office = await RelyingParty.discover(deployment, 'office');
    const app = await RelyingParty.discover(deployment, 'app');
    const { refresh_token: token } = await office.signIn(new CookieBrowser());
    expect(await errorOf(app.refresh(token))).to.equal('invalid_grant');
    expect(await errorOf((await RelyingParty.discover(deployment, 'shop')).refresh(token))).to.equal('invalid_request');
  });
});
