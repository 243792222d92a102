import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import * as client from 'openid-client';
import { applications } from './support/applications.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { errorOf, RelyingParty } from './support/relying-party.ts';

describe('service clients and resource servers', () => {
  let deployment: Deployment;

  before(async () => {
    deployment = await deploy();
  });
  after(() => deployment.close());

  it('get a token of their own by client credentials', async () => {
    const robot = await RelyingParty.discover(deployment, 'robot');
    const { access_token: token, refresh_token: refresh } = await client.clientCredentialsGrant(robot.configuration);
    expect(refresh).to.equal(undefined);
    expect(await client.tokenIntrospection(robot.configuration, token)).to.include({
      active: true,
      client_id: 'robot',
    });
    expect(await errorOf(robot.userinfo(token))).to.equal(401);
    const shop = await RelyingParty.discover(deployment, 'shop');
    expect(await errorOf(client.clientCredentialsGrant(shop.configuration))).to.equal('invalid_request');
  });

  it('learn whose a token is, and that it is good', async () => {
    const office = await RelyingParty.discover(deployment, 'office');
    const { access_token: token } = await office.signIn(new CookieBrowser());
    const robot = await RelyingParty.discover(deployment, 'robot');
    const told = await client.tokenIntrospection(robot.configuration, token);
    expect(told).to.include({
      active: true,
      sub: 'anna',
      client_id: 'office',
      scope: 'openid',
      iss: deployment.issuer,
    });
    expect(told).to.not.have.any.keys('epoch', 'proofs');
    const app = await RelyingParty.discover(deployment, 'app');
    expect(await client.tokenIntrospection(app.configuration, token)).to.deep.equal({ active: false });
  });

  it('revoke their own tokens alone', async () => {
    const office = await RelyingParty.discover(deployment, 'office');
    const { access_token: access, refresh_token: refresh = '' } = await office.signIn(new CookieBrowser());
    const shop = await RelyingParty.discover(deployment, 'shop');
    expect(await errorOf(client.tokenRevocation(shop.configuration, access))).to.equal('invalid_request');
    await client.tokenRevocation(office.configuration, refresh);
    expect(await errorOf(office.refresh(refresh))).to.equal('invalid_grant');
    expect(await errorOf(office.userinfo(access))).to.equal(401);
  });

  it('prove who they are with a key, and with no other', async () => {
    const [own, foreign] = [keyPair(), keyPair()];
    const [shop] = applications;
    if (shop === undefined) throw new Error('no client');
    const { secret: _secret, ...keyed } = shop;
    const jwks = { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256' }] };
    const metadata = { ...keyed.metadata, token_endpoint_auth_method: 'private_key_jwt', jwks };
    await deployment.registrations.save({ ...keyed, id: 'keyed', metadata });
    const byKey = async (pair: typeof own) =>
      RelyingParty.discover(deployment, 'keyed', {
        auth: client.PrivateKeyJwt({ key: await toCryptoKey(pair), kid: 'k1' }),
      });

    expect((await (await byKey(own)).signIn(new CookieBrowser())).claims()?.aud).to.equal('keyed');
    expect(await errorOf((await byKey(foreign)).signIn(new CookieBrowser()))).to.equal('invalid_client');
  });
});

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

function toCryptoKey({ privateKey }: ReturnType<typeof keyPair>) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  return crypto.subtle.importKey('jwk', privateKey.export({ format: 'jwk' }), algorithm, false, ['sign']);
}
