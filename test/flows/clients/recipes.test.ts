import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { parseSync } from 'oxc-parser';
import type { Client } from '../../../src/domain/client.ts';
import { type ClientKind, clientKinds, ofKind } from '../../../src/flows/clients/kind.ts';
import type { Metadata } from '../../../src/flows/clients/metadata.ts';
import { PLACEHOLDER, type Recipe } from '../../../src/flows/clients/recipes.ts';
import { recipesFor } from '../../../src/flows/clients/recipes-for.ts';

const ISSUER = 'https://id.example.com';

const redirects: Readonly<Record<ClientKind, readonly string[]>> = {
  web: ['https://app.example.com/callback'],
  'single-page': ['https://app.example.com/callback'],
  native: ['http://127.0.0.1/callback'],
  service: [],
};

function recipesOf(kind: ClientKind, id = 'intranet', more: Metadata = {}): readonly Recipe[] {
  const metadata = ofKind(kind, { redirect_uris: [...redirects[kind]], ...more });
  const client: Client = { id, name: 'Intranet', firstParty: true, pkceRequired: true, metadata };
  return recipesFor(client, ISSUER);
}

const recipe = (kind: ClientKind, name: string, id?: string): string =>
  recipesOf(kind, id).find((one) => one.for === name)?.text ?? '';

/** The keys of YAML, from the outermost in; of a block mapping alone, as recipes are. */
function keysIn(yaml: string): readonly string[] {
  const path: string[] = [];
  return yaml.split('\n').flatMap((line) => {
    const [, indent = '', key, value = ''] = /^( *)([\w-]+):(?: (.*))?$/.exec(line) ?? [];
    if (key === undefined) return [];
    path.splice(indent.length / 2, path.length, key);
    return value === '' ? [] : [path.join('.')];
  });
}

describe('recipes', () => {
  it('are there for every kind of application, filled in for it', () => {
    for (const kind of clientKinds) {
      expect(recipesOf(kind), kind).not.to.have.length(0);
      for (const { text, for: library } of recipesOf(kind))
        expect(text, library).to.include(ISSUER).and.to.include('intranet');
    }
  });

  it('are programs, whatever an application is called', async () => {
    const names = ["it's", '"a"', '`$' + '{b}`', '\\'];
    const all = clientKinds.flatMap((kind) => names.flatMap((id) => recipesOf(kind, id)));
    for (const { text, language, file } of all)
      if (language === 'javascript')
        expect(parseSync(file, text, { sourceType: 'module' }).errors, text).to.deep.equal([]);
    const commands = all.filter(({ language }) => language === 'shell');
    await Promise.all(commands.map(({ text }) => promisify(execFile)('sh', ['-n', '-c', text])));
  });

  it('hold a placeholder where a secret goes, and none where there is none', () => {
    for (const kind of ['web', 'service'] as const)
      for (const { text } of recipesOf(kind)) expect(text).to.include(PLACEHOLDER);
    for (const kind of ['single-page', 'native'] as const)
      for (const { text } of recipesOf(kind)) expect(text).not.to.include(PLACEHOLDER);
  });

  it('import express-openid-connect as Node lets one: it is CommonJS, whose names are not found', () => {
    expect(recipe('web', 'express-openid-connect'))
      .to.include("import oidc from 'express-openid-connect';")
      .and.to.include('const { auth, requiresAuth } = oidc;');
  });

  it('tell next-auth 4, which knows no discovery by issuer, from 5', () => {
    expect(recipe('web', 'next-auth 4')).to.include("type: 'oauth'").and.to.include('wellKnown:');
    expect(recipe('web', 'next-auth 5')).to.include("type: 'oidc'").and.to.include('issuer:');
    for (const name of ['next-auth 4', 'next-auth 5'])
      expect(recipe('web', name)).to.include('client: { id_token_signed_response_alg: "ES256" }');
  });

  it('ask for the scopes that a service is registered for', () => {
    const [asking] = recipesOf('service', 'intranet', { scope: 'accounts:read keys:read' });
    expect(asking?.text).to.include(" --data-urlencode 'scope=accounts:read keys:read' ");
    expect(recipesOf('service')[0]?.text).not.to.include('scope');
  });

  it('expect the signature that is chosen for the application', () => {
    for (const algorithm of ['ES256', 'RS256'] as const) {
      const other = algorithm === 'ES256' ? 'RS256' : 'ES256';
      const recipes = recipesOf('web', 'intranet', { id_token_signed_response_alg: algorithm });
      for (const { for: library, text } of recipes.filter((one) => one.for !== 'spring-security'))
        expect(text, library).to.include(algorithm).and.not.to.include(other);
      const spring = recipes.find((one) => one.for === 'spring-security')?.text;
      expect(spring?.includes('RS256'), 'a note, where it is another than Spring expects').to.equal(
        algorithm === 'ES256',
      );
    }
  });

  it('use properties that Spring Boot has', () => {
    const client = 'spring.security.oauth2.client';
    expect(keysIn(recipe('web', 'spring-security'))).to.deep.equal([
      ...[
        'client-id',
        'client-secret',
        'client-authentication-method',
        'authorization-grant-type',
        'redirect-uri',
        'scope',
      ].map((name) => `${client}.registration.sluis.${name}`),
      `${client}.provider.sluis.issuer-uri`,
    ]);
  });

  it('use directives that mod_auth_openidc has', () => {
    const directives = recipe('web', 'mod_auth_openidc').match(/^OIDC\w+/gm);
    expect(directives).to.deep.equal([
      'OIDCProviderMetadataURL',
      'OIDCClientID',
      'OIDCClientSecret',
      'OIDCRedirectURI',
      'OIDCCryptoPassphrase',
      'OIDCProviderTokenEndpointAuth',
      'OIDCIDTokenSignedResponseAlg',
      'OIDCPKCEMethod',
      'OIDCScope',
    ]);
  });

  it('come back to a program at the address of this machine that is registered', () => {
    const listening = (uri: string) => recipesOf('native', 'intranet', { redirect_uris: [uri] })[0]?.text;
    expect(listening('http://[::1]/back'))
      .to.include('Register http://[::1]/back as')
      .and.to.include('listen(0, "::1")')
      .and.match(/`http:\/\/\[::1\]:\$\{server\.address\(\)\.port\}\/back`/);
    expect(listening('com.example.app:/callback')).to.include('Register http://127.0.0.1/callback as');
  });
});
