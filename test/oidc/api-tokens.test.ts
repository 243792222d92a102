import { expect } from 'chai';
import type { Client } from '../../src/domain/client.ts';
import { type FindServiceToken, serviceTokenFinder } from '../../src/oidc/service-tokens.ts';
import { SECRET } from './support/applications.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { RelyingParty } from './support/relying-party.ts';

const service = (id: string, more: Partial<Client> = {}): Client => ({
  id,
  name: id,
  secret: SECRET,
  firstParty: false,
  pkceRequired: true,
  metadata: { grant_types: ['client_credentials'], scope: 'things:read things:write' },
  administers: {},
  ...more,
});

describe('access tokens for our API', () => {
  let deployment: Deployment;
  let find: FindServiceToken;
  let resource: string;

  before(async () => {
    deployment = await deploy({ dPoP: true });
    resource = `${deployment.issuer}/api/v1`;
    find = serviceTokenFinder(() => deployment.provider, { resource, scopes: [] });
    await deployment.registrations.save(service('clerk'));
    await deployment.registrations.save(
      service('reader', { metadata: { ...service('').metadata, scope: 'things:read' } }),
    );
    const { administers: _, ...idle } = service('idle');
    await deployment.registrations.save(idle);
  });
  after(() => deployment.close());

  async function ask(id: string, more: Record<string, string>) {
    const answer = await fetch(`${deployment.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(SECRET)}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...more }),
    });
    return (await answer.json()) as { access_token: string; scope?: string; error?: string };
  }

  it('are issued with the scopes that were asked for, with the API named or not', async () => {
    for (const more of [{}, { resource }]) {
      const { access_token: token, scope } = await ask('clerk', { scope: 'things:write', ...more });
      expect(scope).to.equal('things:write');
      expect(await find(token)).to.deep.equal({ client: 'clerk', scopes: ['things:write'] });
    }
  });

  it('never have a scope that the service is not registered for', async () => {
    const { error } = await ask('reader', { scope: 'things:read things:write' });
    expect(error).to.equal('invalid_scope');
    expect((await ask('reader', { scope: 'openid' })).error).to.equal('invalid_scope');
    expect((await ask('reader', { resource })).error).to.equal('invalid_scope');
  });

  it('are not issued to services that may not administer, nor for anything else', async () => {
    expect((await ask('idle', { scope: 'things:read', resource })).error).to.equal('invalid_target');
    expect((await ask('clerk', { scope: 'things:read', resource: 'https://elsewhere.example' })).error).to.equal(
      'invalid_target',
    );
    for (const { access_token: token } of [await ask('idle', { scope: 'things:read' }), await ask('clerk', {})]) {
      expect(token).to.be.a('string');
      expect(await find(token)).to.equal(undefined);
    }
  });

  it('are none of the tokens of people, who cannot get one either', async () => {
    const office = await RelyingParty.discover(deployment, 'office');
    const { access_token: token, refresh_token: refresh = '' } = await office.signIn(new CookieBrowser());
    expect(await find(token)).to.equal(undefined);
    expect(await find(refresh)).to.equal(undefined);
    expect((await office.ask(new CookieBrowser(), { resource })).get('error')).to.equal('invalid_target');
    expect((await office.ask(new CookieBrowser(), { scope: 'openid things:read' })).get('error')).to.equal(null);
  });

  it('are over once they are revoked', async () => {
    const { access_token: token } = await ask('clerk', { scope: 'things:read' });
    const headers = { authorization: `Basic ${Buffer.from(`clerk:${encodeURIComponent(SECRET)}`).toString('base64')}` };
    const body = new URLSearchParams({ token });
    await fetch(`${deployment.issuer}/token/revocation`, { method: 'POST', headers, body });
    expect(await find(token)).to.equal(undefined);
  });

  it('are not in discovery: nobody signs in for them', async () => {
    const answer = await fetch(`${deployment.issuer}/.well-known/openid-configuration`);
    expect(JSON.stringify(await answer.json())).to.not.include('things:');
  });
});
