import { expect } from 'chai';
import { type RunningIdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { commandLineOf } from './in-process.ts';

describe('sluis client', () => {
  const callback = 'https://intranet.example.com/callback';
  let idp: RunningIdentityProvider;

  before(async () => {
    idp = await startIdentityProvider('SQLite and memory', {
      lines: [{ type: 'organization', id: 'molen', code: 'MOLEN', name: 'Molen BV' }],
    });
  });
  after(async () => {
    await idp.close();
  });

  const client = (...args: string[]) => commandLineOf(idp).run('client', ...args);
  const json = (...args: string[]) => commandLineOf(idp).json('client', ...args);

  it('registers an application, shows its secret once and what to copy', async () => {
    const { code, out } = await client(
      ...['create', 'Intranet', '--kind', 'web', '--id', 'intranet', '--redirect-uri', callback],
      ...['--redirect-uri', `${callback}/2`, '--office', 'molen', '--first-party'],
    );
    expect(code).to.equal(0);
    expect(out).to.match(/^secret, which is shown this once: \S{43}$/m);
    const shown = await client('show', 'intranet');
    expect(shown.out).to.include(`metadata.redirect_uris: ${callback}, ${callback}/2\n`);
    expect(shown.out).to.include('hasSecret: true\n').and.to.include('organizations: molen\n');
    expect(shown.out).not.to.include('shown this once');
    expect((await client('list', 'intra')).out).to.equal('Intranet  web  first party  intranet\n');
    expect((await client('recipes', 'intranet')).out)
      .to.include(idp.issuer)
      .and.to.include(callback);
    expect((await json('recipes', 'intranet')).recipes).not.to.have.length(0);
  });

  it('changes what is named, of the metadata, too', async () => {
    const { client: changed, secret } = await json(
      ...['change', 'intranet', '--no-pkce', '--office', '', '--description-en', 'News', '--minimum-acr', 'phr'],
      ...['--metadata', '{"logo_uri": "https://intranet.example.com/logo.png"}'],
    );
    expect([secret, changed.metadata.redirect_uris[0]]).to.deep.equal([null, callback]);
    expect(changed).to.deep.include({
      firstParty: true,
      pkceRequired: false,
      organizations: null,
      description: { en: 'News' },
      minimumAcr: 'phr',
    });
    const { client: back } = await json('change', 'intranet', '--metadata', '{"logo_uri": null}', '--name', 'Net');
    expect(back.name).to.equal('Net');
    expect(back.metadata).to.have.property('redirect_uris').and.not.to.equal(undefined);
    expect(back.metadata).not.to.have.property('logo_uri');
  });

  it('asks the library that speaks the protocol, which knows what no rule of ours says', async () => {
    const metadata = { response_types: ['code id_token token'] };
    const refused = await client('change', 'intranet', '--metadata', JSON.stringify(metadata));
    expect([refused.code, refused.err]).to.deep.equal([
      65,
      'Something is wrong with what was given:\n  metadata: not-accepted',
    ]);
  });

  it('exchanges a secret without an interruption', async () => {
    const { client: rotated, secret } = await json('rotate-secret', 'intranet', '--overlap', '14');
    expect(secret).to.match(/^\S{43}$/);
    expect(rotated.formerSecretUntil).to.be.a('number');
    expect((await client('end-former-secret', 'intranet')).code).to.equal(64);
    expect((await json('end-former-secret', 'intranet', '--yes')).formerSecretUntil).to.equal(null);
  });

  it('registers a service whose token opens the API for one organization', async () => {
    const { client: service, secret } = await json(
      ...['create', 'Staff file', '--kind', 'service', '--administers', 'MOLEN', '--scope', 'organizations:read'],
    );
    const granted = await fetch(`${idp.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${service.id}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'organizations:read' }),
    });
    const { access_token: token } = (await granted.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    const listed = await fetch(`${idp.issuer}/api/v1/organizations`, { headers });
    const { items } = (await listed.json()) as { items: { code: string }[] };
    expect(items.map(({ code }) => code)).to.deep.equal(['MOLEN']);
  });

  it('asks before it removes one', async () => {
    const asked = await client('remove', 'intranet');
    expect([asked.code, asked.out]).to.deep.equal([64, '']);
    expect(asked.err).to.include('This removes Net').and.to.include('Say --yes.');
    expect((await client('remove', 'intranet', '--yes')).out).to.equal('Net was removed\n');
    expect((await client('show', 'intranet')).code).to.equal(66);
  });

  it('ends with a code of its own for each thing that can be wrong', async () => {
    const web = ['create', 'x', '--kind', 'web', '--redirect-uri'];
    const codes = await Promise.all(
      [
        ['create', 'x'],
        [...web, callback, '--metadata', 'no json'],
        [...web, `${callback}#fragment`],
        [...web, callback, '--metadata', '{"surprise": 1}'],
        ['rotate-secret', 'nobody'],
      ].map(async (args) => (await client(...args)).code),
    );
    expect(codes).to.deep.equal([64, 64, 65, 65, 66]);
  });
});
