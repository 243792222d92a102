import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { schema } from '../../src/config/schema.ts';
import { ConfigError, type Fault, loadConfig, parseConfig } from '../../src/config.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { certificates } from './certificates.ts';
import { settingsIn } from './settings-in.ts';

const KEY = Buffer.alloc(32, 1).toString('base64url');
const least = { issuer: 'https://id.example.com', encryptionKeys: [KEY] };

const gateways = {
  twilio: { accountSid: 'AC1', authToken: 'secret', from: '+31612345678' },
  vonage: { apiKey: 'abcd1234', apiSecret: 'secret', from: 'Example' },
  messagebird: { accessKey: 'secret', from: 'Example' },
  bird: { accessKey: 'secret', workspace: 'a', channel: 'b' },
  smpp: { host: 'smpp.example.com', port: 2775, systemId: 'example', password: 'secret', from: '12345' },
  http: { url: 'https://sms.example.com/?to={to}', body: { text: '{text}' } },
};
type Name = keyof typeof gateways;

function faultsOf(sms: object, options = {}): readonly Fault[] {
  try {
    parseConfig({ ...least, sms }, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const pathsOf = (sms: object, options = {}) => faultsOf(sms, options).map(({ path }) => path);

/** Laid over a section that is right, at a path below it. */
function changed(section: object, [key = '', ...rest]: readonly string[], value: unknown): object {
  const inner = rest.length === 0 ? value : changed({ ...Reflect.get(section, key) }, rest, value);
  return { ...section, [key]: inner };
}

/** Path below `sms`, values that are accepted, values that are not. */
const bounds: readonly [path: string, good: readonly unknown[], bad: readonly unknown[]][] = [
  ['timeout', ['500ms', '30s'], ['499ms', '31s']],
  ['retries', [0, 5], [-1, 6]],
  ['countries', [[], ['NL', 'US'], 'NL, BE'], [['nl'], ['NLD'], ['NL', 'NL']]],
  ['limits.number.most', [1, 10_000_000], [0, 10_000_001]],
  ['limits.number.within', ['1m', '7d'], ['59s', '8d']],
  ['twilio.url', ['https://api.dublin.ie1.twilio.com', 'http://127.0.0.1:1'], ['http://a.example', 'https://a/', 'a']],
  ['twilio.accountSid', ['AC1'], ['', 'AC/..', 'a'.repeat(65)]],
  ['twilio.apiKeySid', ['SK1'], ['', 'SK?']],
  ['twilio.authToken', ['x'], ['', 'x'.repeat(501)]],
  ['twilio.from', ['+31612345678', 'Example', `MG${'0'.repeat(32)}`], ['', '+', 'More than eleven', 'a\r\nb']],
  ['vonage.url', ['https://a'], ['ftp://a']],
  ['vonage.apiKey', ['a'], ['a:b']],
  ['vonage.apiSecret', ['a'], ['']],
  ['vonage.from', ['Example', '12345'], ['€']],
  ['messagebird.url', ['https://a'], ['https://a?b']],
  ['messagebird.accessKey', ['a'], [5, 'two\nlines', 'a\u20ac']],
  ['messagebird.from', ['Example'], ['']],
  ['bird.url', ['https://a'], ['https://a#b']],
  ['bird.accessKey', ['a'], ['', 'two\nlines']],
  ['bird.workspace', ['a'], ['../a']],
  ['bird.channel', ['a'], ['']],
  ['smpp.host', ['a.example', '::1'], ['a:1', '']],
  ['smpp.port', [1, 65_535], [0, 65_536]],
  ['smpp.tls', [false, 'true'], ['yes']],
  ['smpp.ca', certificates.good, certificates.bad],
  ['smpp.systemId', ['a'], ['x'.repeat(16)]],
  ['smpp.password', ['a'], ['x'.repeat(9)]],
  ['smpp.systemType', ['', 'x'.repeat(12)], ['x'.repeat(13)]],
  ['smpp.from', ['Example'], ['']],
  ['smpp.enquire', ['1s', '10m'], ['999ms', '11m']],
  [
    'http.url',
    ['http://sms.internal/{to}?b={secret}'],
    ['https://{to}.example/', '//a/{to}', 'https://a/{to}/{number}'],
  ],
  ['http.method', ['POST', 'PUT'], ['DELETE']],
  ['http.headers', [{}, { 'X-Id': '{id}' }], [{ a: '{text}' }, { a: 'b\r\nc: d' }, { 'a b': 'c' }, { a: '{x}' }, []]],
  ['http.format', ['json', 'form'], ['xml']],
  ['http.body', [{ a: [{ b: '{text}' }], c: 1 }], [{ a: '{text} {x}' }, 'text', { a: 'no message' }]],
  ['http.secret', ['a'], ['', 'two\nlines']],
  ['http.success.statuses', [[200]], [[302], [199]]],
  ['http.success.path', [], [5, 'no value to compare']],
  ['http.success.equals', [], [5, 'no path to it']],
  ['http.idempotent', [false], [true, 'x']],
];

describe('settings of text messages', () => {
  for (const [path, good, bad] of bounds) {
    it(`bounds ${path}`, () => {
      const keys = path.split('.');
      const section = { ...gateways, http: { ...gateways.http, secret: 'secret' } };
      for (const value of good) expect(pathsOf(changed(section, keys, value)), JSON.stringify(value)).to.deep.equal([]);
      for (const value of bad) {
        const paths = pathsOf(changed(section, keys, value));
        expect(paths, JSON.stringify(value)).to.have.length(1);
        expect(paths[0], JSON.stringify(value)).to.match(/^sms\./);
      }
    });
  }

  it('are all bounded above', () => {
    const bounded = bounds.map(([path]) => `sms.${path}`);
    const alike = (path: string) => path.replace(/^sms\.limits\.\w+/, 'sms.limits.number');
    const others = settingsIn(schema).filter((path) => path.startsWith('sms.') && !bounded.includes(alike(path)));
    expect(others).to.deep.equal(['sms.gateway', 'sms.fallback']);
  });

  it('want the section of each gateway that is named', () => {
    for (const name of Object.keys(gateways) as Name[]) {
      expect(pathsOf({ gateway: name })).to.deep.equal([`sms.${name}`]);
      expect(pathsOf({ gateway: name, [name]: gateways[name] })).to.deep.equal([]);
    }
    expect(pathsOf({ gateway: 'pigeon' })).to.deep.equal(['sms.gateway']);
  });

  it('take a second gateway to fall back on, and no fallback alone', () => {
    const both = { twilio: gateways.twilio, vonage: gateways.vonage };
    expect(pathsOf({ ...both, gateway: 'twilio', fallback: 'vonage' })).to.deep.equal([]);
    expect(pathsOf({ ...both, gateway: 'twilio', fallback: 'twilio' })).to.deep.equal(['sms.fallback']);
    expect(pathsOf({ ...both, fallback: 'vonage' })).to.deep.equal(['sms.gateway']);
  });

  it('have an outbox for the demonstration alone', () => {
    expect(pathsOf({ gateway: 'outbox' })).to.deep.equal(['sms.gateway']);
    expect(pathsOf({ gateway: 'outbox' }, { demo: true })).to.deep.equal([]);
  });

  it('hold a body that fits its format and names the number and the message', () => {
    const http = (more: object) => pathsOf({ http: { url: 'https://a', body: { a: '{to}', b: '{text}' }, ...more } });
    expect(http({})).to.deep.equal([]);
    expect(http({ format: 'form' })).to.deep.equal([]);
    expect(http({ format: 'form', body: { a: '{to}', b: ['{text}'] } })).to.deep.equal(['sms.http.body']);
    expect(http({ body: { a: '{to}' } })).to.deep.equal(['sms.http.body']);
    expect(http({ body: { a: '{text}' } })).to.deep.equal(['sms.http.body']);
    expect(http({ method: 'GET' })).to.deep.equal(['sms.http.body']);
    expect(http({ headers: { a: '{secret}' } })).to.deep.equal(['sms.http.secret']);
    expect(http({ idempotent: true })).to.deep.equal(['sms.http.idempotent']);
    expect(http({ idempotent: true, headers: { 'Idempotency-Key': '{id}' } })).to.deep.equal([]);
  });

  it('never show a secret', () => {
    for (const name of Object.keys(gateways) as Name[]) {
      const section = JSON.parse(JSON.stringify(gateways[name]).replaceAll('"secret"', '["hidden"]'));
      const faults = faultsOf({ [name]: { ...section, url: 'hidden', headers: { a: 'hidden\n' }, host: 'hid den' } });
      expect(faults).to.not.deep.equal([]);
      expect(JSON.stringify(faults.filter(({ path }) => !/\.(url|host)$/.test(path))), name).to.not.contain('hidden');
    }
  });

  it('take secrets from the environment and from files, and leave absent gateways absent', async () => {
    const directory = await temporaryDirectory();
    const file = `${directory.path}/token`;
    await writeFile(file, 'from a file\n');
    const { authToken: _, ...twilio } = gateways.twilio;
    await writeFile(
      `${directory.path}/production.json5`,
      JSON.stringify({ ...least, sms: { gateway: 'twilio', twilio } }),
    );
    const environment = { SMS_TWILIO_AUTH_TOKEN_FILE: file };
    const { sms } = loadConfig({ directory: directory.path, environment });
    expect(sms.twilio?.authToken).to.equal('from a file');
    expect(sms).to.not.have.any.keys('vonage', 'messagebird', 'bird', 'smpp', 'http');
    await directory.remove();
  });
});
