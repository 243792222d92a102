import { expect } from 'chai';
import { busy, unavailable } from '../../src/domain/failure.ts';
import { SECRET } from './support/applications.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { RelyingParty } from './support/relying-party.ts';

const PAYLOAD = '<script>alert(1)</script>';

describe('errors of the protocol', () => {
  let deployment: Deployment;
  let browser: CookieBrowser;

  beforeEach(async () => {
    deployment = await deploy();
    browser = new CookieBrowser();
  });
  afterEach(() => deployment.close());

  const authorize = (parameters: Readonly<Record<string, string>>) =>
    browser.fetch(
      `${deployment.issuer}/auth?${new URLSearchParams({ response_type: 'code', scope: 'openid', ...parameters })}`,
    );

  for (const [name, parameters, code] of [
    ['an unknown client', { client_id: PAYLOAD }, 'invalid_client'],
    ['an invalid client', { client_id: 'broken' }, 'invalid_client'],
    ['no client', { state: PAYLOAD }, 'invalid_request'],
    [
      'an unknown address to return to',
      { client_id: 'shop', redirect_uri: `https://evil.example/${PAYLOAD}` },
      'invalid_redirect_uri',
    ],
  ] as const) {
    it(`are our page for ${name}, with nothing the client sent`, async () => {
      const response = await authorize(parameters);
      expect(response.status).to.equal(400);
      const html = await response.text();
      expect(html).to.include(`<title>${code}</title>`);
      expect(html).to.not.include('alert').and.not.include('evil');
    });
  }

  it('are standard JSON at the endpoints for programs', async () => {
    const response = await fetch(`${deployment.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`shop:${SECRET}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'made up',
        redirect_uri: 'https://shop.example/cb',
      }),
    });
    expect(response.status).to.equal(400);
    expect(await response.json()).to.deep.equal({
      error: 'invalid_grant',
      error_description: 'grant request is invalid',
    });
  });

  it('are logged with the route and the reason, and without what the client sent', async () => {
    await authorize({ client_id: PAYLOAD, state: 'my state', login_hint: 'anna' });
    const log = deployment.logged.join();
    expect(log).to.include('"route":"authorization"').and.include('"code":"invalid_client"');
    expect(log).to.not.include('alert').and.not.include('my state').and.not.include('anna');
  });

  it('leave no token, code or secret in the log of a whole sign-in', async () => {
    const office = await RelyingParty.discover(deployment, 'office');
    const begun = await office.begin();
    const { url } = await browser.go(begun.url);
    const tokens = await office.redeem(url, begun);
    await office.redeem(url, begun).catch(() => undefined);
    const secrets = [
      url.searchParams.get('code'),
      begun.verifier,
      tokens.access_token,
      tokens.refresh_token,
      tokens.id_token,
      SECRET,
    ];
    for (const secret of secrets) expect(deployment.logged.join()).to.not.include(secret);
  });

  for (const [failure, page] of [
    [unavailable(new Error('no connection')), 'unavailable'],
    [busy(), 'busy'],
  ] as const) {
    it(`are 503 with Retry-After when a store says ${page}`, async () => {
      deployment.registrations.byId = async () => {
        throw failure;
      };
      const response = await authorize({ client_id: 'shop' });
      expect(response.status).to.equal(503);
      expect(response.headers.get('retry-after')).to.equal(String(failure.retryAfter));
      expect(await response.text())
        .to.include(`<title>${page}</title>`)
        .and.not.include('no connection');
      const token = await fetch(`${deployment.issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: 'shop' }),
      });
      expect([token.status, await token.json()]).to.deep.equal([
        503,
        { error: 'server_error', error_description: 'oops! something went wrong' },
      ]);
    });
  }

  it('say no more than that something went wrong when nobody foresaw it', async () => {
    deployment.registrations.byId = async () => {
      throw new Error('password of the database: hunter2');
    };
    const response = await authorize({ client_id: 'shop' });
    expect(response.status).to.equal(500);
    const html = await response.text();
    expect(html).to.include('<title>server_error</title>').and.not.include('hunter2');
  });
});
