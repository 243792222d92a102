import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { schema } from '../../src/config/schema.ts';
import { ConfigError, type Fault, loadConfig, parseConfig } from '../../src/config.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { certificates } from './certificates.ts';
import { settingsIn } from './settings-in.ts';

const KEY = Buffer.alloc(32, 1).toString('base64url');
const least = { issuer: 'https://id.example.com', encryptionKeys: [KEY] };
const mail = { host: 'smtp.example.com', from: 'no-reply@example.com', user: 'sluis', password: 'hush' };

function faultsOf(given: object, options = {}): readonly Fault[] {
  try {
    parseConfig({ ...least, mail: given }, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const pathsOf = (given: object, options = {}) => faultsOf(given, options).map(({ path }) => path);

const rules: readonly unknown[] = [
  { most: 1, within: '1m' },
  { most: 10_000_000, within: '7d' },
];

/** Name below `mail`, values that are accepted, values that are not. */
const bounds: readonly [name: string, good: readonly unknown[], bad: readonly unknown[]][] = [
  ['host', ['smtp.example.com', '10.0.0.1', '::1'], ['', 'smtp://a', 'a b', 'a\r\nb']],
  ['port', [1, 65_535], [0, 65_536]],
  ['security', ['starttls', 'tls'], ['ssl', true]],
  ['user', ['u', 'x'.repeat(100)], ['', 'x'.repeat(101), 'a\nb']],
  ['password', ['p', 'x'.repeat(2_000)], ['', 'x'.repeat(2_001)]],
  ['ca', certificates.good, certificates.bad],
  [
    'from',
    ['a@example.com'],
    ['a', 'A <a@example.com>', 'a@example.com\r\nBcc: b@example.com', `${'x'.repeat(255)}@a.nl`],
  ],
  ['fromName', ['Example BV'], ['', 'Example\r\nBcc: b@example.com', 'x'.repeat(101)]],
  ['replyTo', ['a@example.com'], ['a@example.com, b@example.com']],
  ['timeout', ['1s', '1m'], ['999ms', '61s']],
  ['language', ['en', 'nl'], ['de', '']],
  ['outbox', [false], ['no']],
  ['limits', rules.map((rule) => ({ account: rule, address: rule })), []],
];

describe('the settings of mail', () => {
  for (const [name, good, bad] of bounds) {
    it(`bounds mail.${name}`, () => {
      for (const value of good) expect(pathsOf({ ...mail, [name]: value }), JSON.stringify(value)).to.deep.equal([]);
      for (const value of bad) {
        expect(pathsOf({ ...mail, [name]: value }), JSON.stringify(value)).to.deep.equal([`mail.${name}`]);
      }
    });
  }

  it('bounds what may be sent', () => {
    const wrong = { most: 0, within: '8d' };
    expect(pathsOf({ limits: { account: wrong, address: wrong } })).to.have.members([
      'mail.limits.account.most',
      'mail.limits.account.within',
      'mail.limits.address.most',
      'mail.limits.address.within',
    ]);
  });

  it('are all bounded above', () => {
    const names = new Set(bounds.map(([name]) => `mail.${name}`));
    const settings = settingsIn(schema).filter((path) => path.startsWith('mail.') && !path.startsWith('mail.limits.'));
    expect(settings.filter((path) => !names.has(path))).to.deep.equal([]);
  });

  it('need a sender, and user and password together', () => {
    expect(pathsOf({ host: 'smtp.example.com' })).to.deep.equal(['mail.from']);
    expect(pathsOf({ ...mail, password: undefined })).to.deep.equal(['mail.password']);
    expect(pathsOf({ ...mail, user: undefined })).to.deep.equal(['mail.password']);
    expect(pathsOf({})).to.deep.equal([]);
  });

  it('let no password travel in the clear, except on this machine', () => {
    expect(pathsOf({ ...mail, security: 'none' })).to.deep.equal(['mail.security']);
    expect(pathsOf({ ...mail, security: 'none', host: 'localhost' })).to.deep.equal([]);
    expect(pathsOf({ host: 'mail', from: mail.from, security: 'none' })).to.deep.equal([]);
  });

  it('keep mail in a demonstration alone, and do not both keep and send it', () => {
    expect(pathsOf({ outbox: true })).to.deep.equal(['mail.outbox']);
    expect(pathsOf({ outbox: 'true' })).to.include('mail.outbox');
    expect(pathsOf({ outbox: true }, { demo: true })).to.deep.equal([]);
    expect(pathsOf({ ...mail, outbox: true }, { demo: true })).to.deep.equal(['mail.outbox']);
  });

  it('show no password, and read it from a file', async () => {
    const shown = JSON.stringify(faultsOf({ ...mail, password: ['hush'] }));
    expect(shown).to.include('mail.password').and.not.include('hush');
    const directory = await temporaryDirectory();
    await writeFile(`${directory.path}/password`, 'from the file\n');
    await writeFile(`${directory.path}/production.json5`, JSON.stringify({ mail: { ...mail, password: undefined } }));
    const environment = {
      ISSUER: least.issuer,
      ENCRYPTION_KEYS: KEY,
      MAIL_HOST: 'other.example.com',
      MAIL_PASSWORD_FILE: `${directory.path}/password`,
    };
    const config = loadConfig({ directory: directory.path, environment });
    expect(config.mail).to.include({ host: 'other.example.com', password: 'from the file', user: 'sluis' });
    await directory.remove();
  });
});
