import { expect } from 'chai';
import { readEntry } from '../../../src/flows/import/format.ts';
import { application, HASH, office, person } from './importing.ts';

function faultsOf(line: unknown): string[] {
  const read = readEntry(typeof line === 'string' ? line : JSON.stringify(line));
  return 'faults' in read
    ? read.faults.map(({ reason, field }) => (field === undefined ? reason : `${reason} ${field}`))
    : [];
}

const uris = (...redirect_uris: unknown[]) => application('a', { metadata: { redirect_uris } });

/** What is wrong, the line, and the faults in it. */
const bad: readonly [what: string, line: unknown, ...faults: string[]][] = [
  ['no JSON', '{"type":"account"', 'not-json'],
  ['no object', '[]', 'malformed'],
  ['no type', '{}', 'unknown-type'],
  ['another type', { type: 'group' }, 'unknown-type'],
  ['an unknown field', person('a', { shoeSize: 43 }), 'unknown-field shoeSize'],
  ['an unknown field with an odd name', person('a', { '<script>': 43 }), 'unknown-field ?'],
  ['an organization without anything', { type: 'organization' }, 'missing code', 'missing name'],
  ['an empty code', office(' ', { name: 'A' }), 'malformed code'],
  ['a method that is no text', office('a', { methods: [] }), 'malformed methods'],
  ['an unknown acr', office('a', { minimumAcr: 'mfa' }), 'malformed minimumAcr'],
  ['a device remembered for ever', office('a', { rememberedDevices: 366 }), 'malformed rememberedDevices'],
  ['a language that is not ours', office('a', { reason: { de: 'Weil' } }), 'unknown-field reason.de'],
  ['an account without a name', { type: 'account' }, 'missing username'],
  ['a line break in a name', person('a\nb'), 'malformed username'],
  ['a name that is too long', person('a'.repeat(201)), 'malformed username'],
  ['an id with a space', person('a', { id: 'a b' }), 'malformed id'],
  ['two passwords', person('a', { password: 'p', passwordHash: HASH }), 'password-and-hash passwordHash'],
  ['an empty password', person('a', { password: '' }), 'malformed password'],
  ['a bad address', person('a', { email: 'a@' }), 'malformed email'],
  ['a local number', person('a', { phoneNumber: '0612345678' }), 'malformed phoneNumber'],
  ['an unknown role', person('a', { roles: ['root'] }), 'malformed roles.0'],
  ['an unknown language', person('a', { locale: 'de' }), 'malformed locale'],
  ['several faults', person('', { email: 'a', x: 1 }), 'malformed username', 'malformed email', 'unknown-field x'],
  ['a client without anything', { type: 'client' }, 'missing id', 'missing name', 'missing metadata'],
  ['no secret', application('a', { secret: undefined }), 'missing secret'],
  ['a short secret', application('a', { secret: 'short' }), 'malformed secret'],
  ['no redirect URI', application('a', { metadata: {} }), 'missing metadata.redirect_uris'],
  ['a fragment', uris('https://a/b#c'), 'redirect-fragment metadata.redirect_uris.0'],
  ['an empty fragment', uris('https://a/b#'), 'redirect-fragment metadata.redirect_uris.0'],
  ['a wildcard', uris('https://a', 'https://*.a/b'), 'redirect-wildcard metadata.redirect_uris.1'],
  ['http', uris('http://a/b'), 'redirect-insecure metadata.redirect_uris.0'],
  ['a host that only begins like loopback', uris('http://localhost.a/b'), 'redirect-insecure metadata.redirect_uris.0'],
  ['javascript:', uris('javascript:alert(1)'), 'redirect-scheme metadata.redirect_uris.0'],
  ['data:', uris('data:text/html,a'), 'redirect-scheme metadata.redirect_uris.0'],
  ['a relative address', uris('/callback'), 'redirect-relative metadata.redirect_uris.0'],
  ['a name and password in an address', uris('https://a:b@c/'), 'redirect-user-info metadata.redirect_uris.0'],
  [
    'unknown metadata',
    application('a', { metadata: { redirect_uris: ['https://a/'], client_secret: 'x' } }),
    'unknown-field metadata.client_secret',
  ],
  [
    'a public client with a secret',
    application('a', { metadata: { redirect_uris: ['https://a/'], token_endpoint_auth_method: 'none' } }),
    'not-used secret',
  ],
  [
    'a scheme of its own in a web application',
    uris('org.example.app:/callback'),
    'not-native metadata.application_type',
  ],
  [
    'a scheme that anybody may take',
    application('a', { metadata: { application_type: 'native', redirect_uris: ['myapp:/callback'] } }),
    'redirect-private-use metadata.redirect_uris.0',
  ],
  [
    'a public client without PKCE',
    application('a', {
      secret: undefined,
      pkceRequired: false,
      metadata: { redirect_uris: ['https://a/'], token_endpoint_auth_method: 'none' },
    }),
    'pkce-needed pkceRequired',
  ],
  [
    'private_key_jwt without a key',
    application('a', {
      secret: undefined,
      metadata: { redirect_uris: ['https://a/'], token_endpoint_auth_method: 'private_key_jwt' },
    }),
    'missing metadata.jwks',
  ],
  [
    'private_key_jwt with a private key',
    application('a', {
      secret: undefined,
      metadata: {
        redirect_uris: ['https://a/'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' }] },
      },
    }),
    'private-key metadata.jwks.keys.0',
  ],
];

describe('readEntry', () => {
  for (const [what, line, ...faults] of bad) {
    it(`refuses ${what}`, () => expect(faultsOf(line)).to.deep.equal(faults));
  }

  const good: readonly [what: string, line: unknown][] = [
    ['the least of an organization', office('a')],
    ['the least of an account', person('a')],
    ['the least of a client', application('a')],
    ['loopback addresses', uris('http://127.0.0.1/a', 'http://[::1]:8080/a', 'http://localhost:3001/a')],
    [
      'a native application with a scheme of its own',
      application('a', { metadata: { application_type: 'native', redirect_uris: ['org.example.app:/callback'] } }),
    ],
    [
      'a service',
      application('a', { metadata: { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] } }),
    ],
  ];
  for (const [what, line] of good) {
    it(`accepts ${what}`, () => expect(faultsOf(line)).to.deep.equal([]));
  }
});
