import { expect } from 'chai';
import { schema } from '../../src/config/schema.ts';
import { ConfigError, type Fault, parseConfig } from '../../src/config.ts';
import { settingsIn } from './settings-in.ts';

const KEY = Buffer.alloc(32, 1).toString('base64url');
const least = { issuer: 'https://id.example.com', encryptionKeys: [KEY] };

/** What is wrong with the least configuration when `settings` are added to it. */
function faultsOf(settings: object): readonly Fault[] {
  try {
    parseConfig({ ...least, ...settings });
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const pathsOf = (settings: object) => faultsOf(settings).map(({ path }) => path);

/** `a.b.c` as nested objects. */
function at(path: string, value: unknown): object {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;
}

describe('parseConfig', () => {
  it('needs an issuer and a key, and has a default for everything else', () => {
    const config = parseConfig(least);
    expect(config.port).to.equal(3000);
    expect(config.session).to.deep.equal({ lifetime: 43_200_000, staySignedIn: true, interaction: 3_600_000 });
    expect(config.lockout).to.deep.equal({ attempts: 3, duration: 900_000, switchOffAfter: 100 });
    expect(config.methods).to.deep.equal(['totp', 'security-key']);
    expect(faultsOf({ issuer: undefined, encryptionKeys: undefined }).map(({ path }) => path)).to.deep.equal([
      'issuer',
      'encryptionKeys',
    ]);
  });

  it('keeps the rest of a section when one setting in it differs', () => {
    const { lockout } = parseConfig({ ...least, lockout: { attempts: 5 } });
    expect(lockout).to.deep.equal({ attempts: 5, duration: 900_000, switchOffAfter: 100 });
  });

  it('takes what is undefined for absent', () => {
    const { port, redis } = parseConfig({ ...least, port: undefined, redis: { url: undefined } });
    expect(port).to.equal(3000);
    expect(redis).to.deep.equal({});
  });

  it('is frozen throughout', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(parseConfig({ ...least, brand: { texts: { en: { a: 'b' } } } }))).to.equal(true);
  });

  it('reports every fault at once, with its path and what was expected', () => {
    const faults = faultsOf({
      issuer: 'http://id.example.com',
      port: 0,
      session: 5,
      lockout: { attempts: 'three', atempts: 3 },
      oidc: { lifetimes: { idToken: '5 minutes' } },
      officecode: 'never',
    });
    expect(faults).to.deep.include({ path: 'port', expected: 'a whole number from 1 to 65535', found: '0' });
    expect(faults).to.deep.include({ path: 'session', expected: 'an object', found: '5' });
    expect(faults.map(({ path }) => path)).to.have.members([
      'issuer',
      'port',
      'session',
      'lockout.attempts',
      'lockout.atempts',
      'oidc.lifetimes.idToken',
      'officecode',
    ]);
  });

  it('says what a misspelt setting may have meant, and not what it holds', () => {
    const faults = faultsOf({ encryptionKey: 'a secret', lockout: { atempts: 'another' }, wholly: { unknown: 1 } });
    expect(faults).to.deep.equal([
      { path: 'lockout.atempts', expected: 'nothing of this name (did you mean "attempts"?)' },
      { path: 'encryptionKey', expected: 'nothing of this name (did you mean "encryptionKeys"?)' },
      { path: 'wholly', expected: 'nothing of this name' },
    ]);
  });

  it('never repeats a secret', () => {
    const faults = faultsOf({
      encryptionKeys: ['hush-1', 'hush-1'],
      database: { url: 'mysql://hush-2' },
      redis: { url: 'http://hush-3' },
    });
    expect(faults).to.have.length(4);
    expect(new ConfigError(faults).message).to.not.include('hush');
  });

  it('keeps the secrets of a whole section that is wrong to itself', () => {
    expect(faultsOf({ redis: 'redis://:hush@host' })).to.deep.equal([{ path: 'redis', expected: 'an object' }]);
  });

  it('refuses the public key of the demonstration, in either alphabet, unless it is one', () => {
    const url = Buffer.from('sluis-demo-key-never-production!').toString('base64url');
    for (const key of [url, Buffer.from(url, 'base64url').toString('base64')]) {
      expect(pathsOf({ encryptionKeys: [KEY, key] }), key).to.deep.equal(['encryptionKeys']);
      expect(parseConfig({ ...least, encryptionKeys: [key] }, { demo: true }).encryptionKeys).to.deep.equal([url]);
    }
  });

  it('takes a key once, however it is written', () => {
    const bytes = Buffer.alloc(32, 0xfb);
    expect(pathsOf({ encryptionKeys: [bytes.toString('base64'), bytes.toString('base64url')] })).to.deep.equal([
      'encryptionKeys',
    ]);
  });

  for (const plain of [null, undefined, 'text', 5, []]) {
    it(`refuses ${JSON.stringify(plain)} for a configuration`, () => {
      expect(() => parseConfig(plain)).to.throw(ConfigError, 'an object with settings');
    });
  }
});

/** Path, values that are accepted, values that are not. */
const bounds: readonly [path: string, good: readonly unknown[], bad: readonly unknown[]][] = [
  [
    'issuer',
    ['https://id.example.com', 'https://example.com/id', 'http://localhost:3000', 'http://127.0.0.1:1', 'http://[::1]'],
    [
      'https://id.example.com/',
      'https://example.com/id/',
      'https://Example.com',
      'https://example.com:443',
      'https://example.com?a=b',
      'https://example.com#a',
      'https://a:b@example.com',
      'http://example.com',
      'http://localhost.example.com',
      'ftp://example.com',
      'example.com',
      '',
      5,
    ],
  ],
  ['host', ['0.0.0.0', '::', 'localhost', 'a.example.com'], ['', 'a b', 'http://a', 'a:80', '-a']],
  ['port', [1, 65_535, '8080'], [0, 65_536, 1.5, '80a', null]],
  ['trustedProxies', [[], ['10.0.0.0/8', '::1'], '10.0.0.1, fd00::/8'], [['10.0.0.0/33'], ['proxy'], ['10.1'], 5]],
  ['encryptionKeys', [[KEY], `${KEY}=`], [[], '', [KEY.slice(1)], [`${KEY}A`], [KEY, KEY]]],
  [
    'database.url',
    ['sqlite:a.db', 'file:/a.db', ':memory:', 'postgres://a@b/c', 'postgresql://b/c'],
    ['a.db', 'sqlite:', 'mysql://b/c'],
  ],
  ['database.pool', [1, 200], [0, 201]],
  ['redis.url', ['redis://a', 'rediss://a:1/2', 'redis+cluster://a'], ['a:6379', 'http://a']],
  ['session.lifetime', ['5m', '90d'], ['299s', '91d', 300, '1.5h', '1h30m', '-1h', '1w', '']],
  ['session.staySignedIn', [true, false, 'true'], ['yes', 1, null]],
  ['session.interaction', ['5m', '24h'], ['4m', '25h']],
  ['officeCode', ['always', 'never', 'automatic'], ['sometimes', true]],
  ['lockout.attempts', [1, 10], [0, 11]],
  ['lockout.duration', ['1m', '24h'], ['59s', '25h']],
  ['lockout.switchOffAfter', [10, 1_000], [9, 1_001]],
  ['throttle.name.free', [0, 100_000], [-1, 100_001]],
  ['throttle.address.delay', ['1ms', '1h'], ['0ms', '2h']],
  ['throttle.name.longest', ['1ms', '24h'], ['0s', '25h']],
  ['throttle.address.memory', ['1s', '7d'], ['999ms', '8d']],
  ['api.limit.most', [1, 10_000_000], [0, 10_000_001]],
  ['api.limit.within', ['1m', '7d'], ['59s', '8d']],
  ['passwords.memory', [8_192, 131_072], [8_191, 131_073]],
  ['passwords.iterations', [1, 20], [0, 21]],
  ['passwords.parallelism', [1, 16], [0, 17]],
  [
    'passwords.breached.url',
    ['https://a/range/', 'http://localhost:1/'],
    ['http://a/range/', 'https://a/range', 'https://a/?b=/', 'a/'],
  ],
  ['passwords.breached.timeout', ['100ms', '30s'], ['99ms', '31s']],
  ['passwords.queue', [32, 10_000], [31, 10_001]],
  ['recoveryCodes.format', ['6x8', '1x16', '1x20'], ['8x6']],
  ['methods', [['totp'], ['a', 'b']], [[], ['totp', 'totp'], [5]]],
  ['policy.secondFactorRequired', [true], ['no']],
  ['policy.firstSetUp', ['open', 'permit'], ['closed']],
  ['policy.permitsWaived', [true], [0]],
  ['policy.numberChange', [false], ['no']],
  ['policy.passkeysCountAsBoth', [false], [1]],
  ['policy.authenticators', [['2fc0579f-8113-47ea-b116-bb5a8db9202a']], [[], ['2fc0579f'], 'all']],
  [
    'webauthn.origins',
    [[], ['https://example.nl', 'http://localhost:3000']],
    [['http://example.nl'], ['https://example.nl/a'], ['x']],
  ],
  ['webauthn.metadata', ['blob.jwt'], ['', 5]],
  ['webauthn.metadataRoot', ['root.pem'], ['']],
  ['policy.minimumAcr', ['phr', 'https://refeds.org/profile/mfa'], ['mfa']],
  ['policy.rememberedDevices', [1, 365, '30'], [0, 366, 1.5, true]],
  ['brand.name', ['Sluis', 'x'.repeat(60)], ['', ' ', 'x'.repeat(61)]],
  ['brand.logo', ['a.svg', '/b/c.PNG', 'd.webp'], ['a.gif', 'https://example.com/']],
  ['brand.colour', ['#1f6f8b', '#ABCDEF'], ['red', '#fff', '#1f6f8b;}', 'rgb(0,0,0)']],
  ['brand.darkColour', ['#000000'], ['#00000']],
  ['brand.texts', [{}, { en: { a: 'b' } }], [{ de: {} }, { en: { a: 5 } }, []]],
  ['brand.links.help', ['https://a', 'mailto:a@b', 'tel:+31'], ['javascript:alert(1)', '/help', 'data:text/html,a']],
  ['brand.links.privacy', ['http://a'], ['file:///a']],
  ['brand.links.imprint', ['http://a'], ['a']],
  ['oidc.lifetimes.authorizationCode', ['10s', '10m'], ['9s', '11m']],
  ['oidc.lifetimes.idToken', ['1m', '24h'], ['59s', '25h']],
  ['oidc.lifetimes.accessToken', ['1m', '24h'], ['59s', '25h']],
  ['oidc.lifetimes.refreshToken', ['1h', '365d'], ['59m', '366d']],
  ['oidc.signingKeys.leadTime', ['1m', '30d'], ['59s', '31d']],
  ['oidc.responseTypes', [[], ['id_token', 'code id_token']], [['code'], ['token'], ['none', 'none']]],
  ['oidc.dynamicRegistration', [true], ['on']],
  ['oidc.dPoP', [true], ['on']],
  ['oidc.deviceFlow', [true], ['on']],
  ['oidc.ciba', [true], ['on']],
  ['oidc.jar', [true], ['on']],
  [
    'oidc.backchannelLogout.allowPrivateAddresses',
    [[], ['app.local', '10.0.0.0/8', '::1']],
    [['https://a'], ['*.local']],
  ],
  ['oidc.backchannelLogout.retries', [0, 20], [-1, 21]],
  ['audit.retention', ['1d', '36500d'], ['23h', '36501d', 'never']],
  ['log.level', ['fatal', 'silent'], ['loud']],
  ['metrics', [true], ['on']],
];

describe('the settings', () => {
  for (const [path, good, bad] of bounds) {
    it(`bounds ${path}`, () => {
      for (const value of good) expect(pathsOf(at(path, value)), JSON.stringify(value)).to.deep.equal([]);
      for (const value of bad) {
        const paths = pathsOf(at(path, value));
        expect(paths, JSON.stringify(value)).to.have.length(1);
        expect(paths[0], JSON.stringify(value)).to.match(new RegExp(`^${path}($|\\.)`));
      }
    });
  }

  it('are all bounded above', () => {
    const bounded = new Set(bounds.map(([path]) => path.replace('throttle.address', 'throttle.name')));
    const settings = settingsIn(schema)
      .filter((path) => !/^(sms|mail)\./.test(path)) // in sms.test.ts and mail.test.ts
      .map((path) => path.replace('throttle.address', 'throttle.name'));
    expect(settings.filter((path) => !bounded.has(path))).to.deep.equal([]);
  });
});
