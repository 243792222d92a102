import { expect } from 'chai';
import * as client from 'openid-client';
import type { Client } from '../../src/domain/client.ts';
import { SECRET } from './support/applications.ts';
import { CookieBrowser } from './support/browser.ts';
import { clock, type Deployment, deploy } from './support/deployment.ts';
import { errorOf, RelyingParty } from './support/relying-party.ts';

const HOUR = 3_600_000;

describe('the secret of before', () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await deploy();
  });
  afterEach(() => deployment.close());

  /** Gives an application another secret, while the one it knows is good until then. */
  async function rotate(id: string, until: number): Promise<Client> {
    const found = await deployment.registrations.byId(id);
    if (found === undefined) throw new Error(`no client ${id}`);
    const rotated = { ...found, secret: 'the new one', formerSecret: { value: SECRET, until } };
    await deployment.registrations.save(rotated);
    return rotated;
  }

  for (const [id, method] of [
    ['shop', client.ClientSecretBasic],
    ['office', client.ClientSecretPost],
  ] as const) {
    it(`is good beside the new one, and no third is (${id})`, async () => {
      await rotate(id, clock.now() + HOUR);
      for (const secret of [SECRET, 'the new one']) {
        const party = await RelyingParty.discover(deployment, id, { auth: method(secret) });
        expect((await party.signIn(new CookieBrowser())).claims()?.sub, secret).to.equal('anna');
      }
      for (const secret of ['another', `${SECRET} `, SECRET.slice(1)]) {
        const party = await RelyingParty.discover(deployment, id, { auth: method(secret) });
        expect(await errorOf(party.signIn(new CookieBrowser())), secret).to.be.oneOf(['invalid_client', 401]);
      }
    });

    it(`is over at its time, and when somebody ends it (${id})`, async () => {
      const rotated = await rotate(id, clock.now());
      const old = await RelyingParty.discover(deployment, id, { auth: method(SECRET) });
      expect(await errorOf(old.signIn(new CookieBrowser()))).to.be.oneOf(['invalid_client', 401]);
      await rotate(id, clock.now() + HOUR);
      expect((await old.signIn(new CookieBrowser())).claims()?.sub).to.equal('anna');
      const { formerSecret: _ended, ...ended } = rotated;
      await deployment.registrations.save(ended);
      expect(await errorOf(old.signIn(new CookieBrowser()))).to.be.oneOf(['invalid_client', 401]);
    });
  }

  it('is no empty one, where there is none of before', async () => {
    const { configuration } = await RelyingParty.discover(deployment, 'shop');
    const { token_endpoint: endpoint = '' } = configuration.serverMetadata();
    const answer = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', client_id: 'shop', client_secret: '' }),
    });
    expect(answer.status).to.be.oneOf([400, 401]);
  });
});

describe('an application that was removed', () => {
  let deployment: Deployment;

  before(async () => {
    deployment = await deploy();
  });
  after(() => deployment.close());

  it('can do nothing with its tokens any more, nor sign anybody in', async () => {
    const party = await RelyingParty.discover(deployment, 'office');
    const browser = new CookieBrowser();
    const tokens = await party.signIn(browser);
    expect((await party.userinfo(tokens.access_token)).sub).to.equal('anna');
    deployment.registrations.clients.delete('office');
    expect(await errorOf(party.refresh(tokens.refresh_token))).to.be.oneOf(['invalid_client', 401]);
    expect(await errorOf(party.userinfo(tokens.access_token))).to.equal(401);
    const { url } = await party.begin();
    const answer = await browser.go(url);
    expect(answer.url.origin).to.equal(new URL(deployment.issuer).origin);
  });
});
