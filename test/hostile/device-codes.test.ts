import { expect } from 'chai';
import { CookieBrowser } from '../oidc/support/browser.ts';
import { type RunningIdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';

const television = {
  type: 'client',
  id: 'tv',
  name: 'Television',
  metadata: {
    token_endpoint_auth_method: 'none',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    response_types: [],
    redirect_uris: [],
  },
};

describe('guesses of the code that a device shows', () => {
  let idp: RunningIdentityProvider;
  beforeEach(async () => {
    const address = { free: 3, delay: '1s', longest: '30s', memory: '15m' };
    idp = await startIdentityProvider('PostgreSQL and Redis', {
      settings: { oidc: { deviceFlow: true }, throttle: { address } },
      lines: [television],
    });
  });
  afterEach(() => idp.close());

  async function begin(): Promise<string> {
    const body = new URLSearchParams({ client_id: 'tv', scope: 'openid' });
    const begun = await fetch(`${idp.issuer}/device/auth`, { method: 'POST', body });
    return ((await begun.json()) as { user_code: string }).user_code;
  }

  /** Enters a code in a browser that is new each time, as a guesser would. */
  async function enter(code: string, place = '/device'): Promise<Response> {
    const browser = new CookieBrowser();
    const page = await (await browser.fetch(`${idp.issuer}/device`)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const body = new URLSearchParams({ xsrf, user_code: code });
    return browser.fetch(`${idp.issuer}${place}`, { method: 'POST', body });
  }

  it('are slowed down by address, wherever they are posted, and a right one among them is not judged', async () => {
    const right = await begin();
    for (let tries = 0; tries < 3; tries++) expect((await enter('BBBB-BBBB')).status).to.equal(422);
    for (const place of ['/device', '/device/', '/Device', '/DEVICE/']) {
      const slowed = await enter(right, place);
      expect([slowed.status, slowed.headers.get('retry-after')], place).to.deep.equal([429, '1']);
      expect(await slowed.text(), place).to.not.include(right);
    }
    idp.clock.advance(1_000);
    expect((await enter(right)).status).to.equal(200);
  });

  it('are judged no more often when they come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => enter('BBBB-BBBB')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).to.have.length(3);
    expect(statuses.filter((status) => status === 429)).to.have.length(37);
  });

  it('cost who enters right ones nothing', async () => {
    for (let devices = 0; devices < 10; devices++) expect((await enter(await begin())).status).to.equal(200);
    expect((await enter('BBBB-BBBB')).status).to.equal(422);
  });
});
