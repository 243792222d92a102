import { expect } from 'chai';
import * as openid from 'openid-client';
import { MFA } from '../../src/domain/acr.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { errorOf, RelyingParty } from './support/relying-party.ts';

describe('the device authorization grant (RFC 8628)', () => {
  let deployment: Deployment;
  let screen: RelyingParty;
  let browser: CookieBrowser;

  before(async () => {
    deployment = await deploy({ deviceFlow: true });
  });
  after(() => deployment.close());
  beforeEach(async () => {
    screen = await RelyingParty.discover(deployment, 'screen');
    browser = new CookieBrowser();
    deployment.asked.length = 0;
  });

  const begin = (more: Record<string, string> = {}) =>
    openid.initiateDeviceAuthorization(screen.configuration, { scope: 'openid', ...more });
  const poll = (begun: openid.DeviceAuthorizationResponse) =>
    openid.pollDeviceAuthorizationGrant(screen.configuration, { ...begun, interval: 0.01 });
  const enter = async (code: string, more: Record<string, string> = {}) =>
    browser.post(await browser.fetch(`${deployment.issuer}/device`), { user_code: code, ...more });
  const titleOf = async (page: Response | undefined) => /<title>(.*?) ?<\/title>/.exec((await page?.text()) ?? '')?.[1];
  /** Enters a code, confirms it and signs in. */
  async function connect(begun: openid.DeviceAuthorizationResponse): Promise<string | undefined> {
    const answer = await enter(begun.user_code, { confirm: 'yes' });
    const { response } = await browser.go(new URL(answer.headers.get('location') ?? '', deployment.issuer));
    return titleOf(response);
  }

  it('asks who has the code in front of them, then for what the device asks for', async () => {
    const begun = await begin({ acr_values: MFA });
    expect(await titleOf(await enter(begun.user_code))).to.equal(`confirm ${begun.user_code} The screen`);
    expect(deployment.asked).to.deep.equal([]);
    expect(await connect(begun)).to.equal('connected');
    expect(deployment.asked.map(({ request }) => request.acceptableAcrs)).to.deep.equal([[MFA]]);
    expect((await poll(begun)).claims()).to.deep.include({ sub: 'anna', acr: MFA, aud: 'screen' });
  });

  it('asks nothing more of who is signed in already', async () => {
    await connect(await begin());
    deployment.asked.length = 0;
    const begun = await begin();
    const connected = await enter(begun.user_code, { confirm: 'yes' });
    expect(await titleOf(connected)).to.equal('connected');
    expect(deployment.asked).to.deep.equal([]);
    expect((await poll(begun)).claims()?.sub).to.equal('anna');
  });

  it('says the same of a code that never was and of one that is over', async () => {
    const begun = await begin();
    await connect(begun);
    for (const code of [begun.user_code, 'BBBB-BBBB', 'x'.repeat(1_000)]) {
      const page = await enter(code);
      expect([page.status, await titleOf(page)], code).to.deep.equal([422, 'device wrong']);
    }
    const empty = await enter('');
    expect([empty.status, await titleOf(empty)]).to.deep.equal([422, 'device malformed']);
  });

  it('judges nothing that another site may have posted', async () => {
    const begun = await begin();
    const forged = await enter(begun.user_code, { xsrf: 'x', confirm: 'yes' });
    expect([forged.status, await titleOf(forged)]).to.deep.equal([400, 'device stale']);
    const stranger = await new CookieBrowser().fetch(`${deployment.issuer}/device`, {
      method: 'POST',
      body: new URLSearchParams({ user_code: begun.user_code, confirm: 'yes' }),
    });
    expect([stranger.status, await titleOf(stranger)]).to.deep.equal([400, 'device stale']);
    expect(await connect(begun)).to.equal('connected');
  });

  it('begins anew where the sign-in of a device is over', async () => {
    await enter((await begin()).user_code);
    const gone = await browser.fetch(`${deployment.issuer}/device/nothing`);
    expect([gone.status, await titleOf(gone)]).to.deep.equal([400, 'interaction-expired']);
  });

  it('ends with the session, unless the device asked for offline access', async () => {
    /** The refresh token of a device whose owner signed out in the browser that it was connected in. */
    async function afterSignOut(more: Record<string, string>): Promise<string | undefined> {
      const begun = await begin(more);
      await connect(begun);
      const tokens = await poll(begun);
      const page = await browser.fetch(`${deployment.issuer}/session/end?id_token_hint=${tokens.id_token}`);
      await browser.post(page, { logout: 'yes' });
      return tokens.refresh_token;
    }
    expect(await errorOf(screen.refresh(await afterSignOut({})))).to.equal('invalid_grant');
    const lasting = await afterSignOut({ scope: 'openid offline_access', prompt: 'consent' });
    expect((await screen.refresh(lasting)).claims()?.sub).to.equal('anna');
  });
});
