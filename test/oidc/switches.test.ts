import { expect } from 'chai';
import * as client from 'openid-client';
import { SECRET } from './support/applications.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { errorOf, RelyingParty } from './support/relying-party.ts';

describe('what a deployment may switch on', () => {
  let deployment: Deployment;

  afterEach(() => deployment.close());

  const post = (path: string, body: object) =>
    fetch(`${deployment.issuer}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('is off', async () => {
    deployment = await deploy();
    expect((await post('/reg', {})).status).to.equal(404);
    expect((await post('/device/auth', {})).status).to.equal(404);
    expect((await post('/backchannel', {})).status).to.equal(404);
    const shop = await RelyingParty.discover(deployment, 'shop');
    expect((await shop.ask(new CookieBrowser(), { request: 'a.b.c' })).get('error')).to.equal('request_not_supported');
  });

  it("registers clients, and none as the deployment's own", async () => {
    deployment = await deploy({ dynamicRegistration: true });
    const metadata = { redirect_uris: ['https://new.example/cb'], client_name: 'New' };
    for (const property of ['first_party', 'pkce_required']) {
      const refused = await post('/reg', { ...metadata, [property]: property === 'first_party' });
      expect([refused.status, ((await refused.json()) as { error: string }).error]).to.deep.equal([
        400,
        'invalid_client_metadata',
      ]);
    }
    const registered = (await (await post('/reg', metadata)).json()) as { client_id: string; client_secret: string };
    const configuration = await client.discovery(
      new URL(deployment.issuer),
      registered.client_id,
      { id_token_signed_response_alg: 'ES256' },
      client.ClientSecretBasic(registered.client_secret),
      { execute: [client.allowInsecureRequests] },
    );
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: 'https://new.example/cb',
      scope: 'openid',
    });
    expect((await new CookieBrowser().go(url)).url.searchParams.get('error')).to.equal('invalid_request');
    url.searchParams.set('code_challenge', await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()));
    url.searchParams.set('code_challenge_method', 'S256');
    expect((await new CookieBrowser().go(url)).url.searchParams.get('code')).to.be.a('string');
    expect(deployment.asked.at(-1)?.request.consent).to.deep.equal({ scopes: ['openid'], claims: [] });
  });

  it('takes CIBA requests, and answers that nobody can be asked on a device', async () => {
    deployment = await deploy({ ciba: true });
    const [shop] = deployment.registrations.clients.values();
    if (shop === undefined) throw new Error('no client');
    const metadata = {
      ...shop.metadata,
      grant_types: ['authorization_code', 'urn:openid:params:grant-type:ciba'],
      backchannel_token_delivery_mode: 'poll',
    };
    await deployment.registrations.save({ ...shop, metadata });
    const configuration = await client.discovery(
      new URL(deployment.issuer),
      'shop',
      {},
      client.ClientSecretBasic(SECRET),
      { execute: [client.allowInsecureRequests] },
    );
    const begin = (more: Readonly<Record<string, string>>) =>
      client.initiateBackchannelAuthentication(configuration, { scope: 'openid', ...more });
    expect(await errorOf(begin({ login_hint: 'nobody' }))).to.equal('unknown_user_id');
    expect(await errorOf(begin({ login_hint: 'anna', user_code: '1' }))).to.equal('invalid_user_code');
    const begun = await begin({ login_hint: 'anna' });
    const polled = client.genericGrantRequest(configuration, 'urn:openid:params:grant-type:ciba', {
      auth_req_id: begun.auth_req_id,
    });
    expect(await errorOf(polled)).to.equal('access_denied');
  });
});
