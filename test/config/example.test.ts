import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Load } from 'config/lib/util.js';
import { schema } from '../../src/config/schema.ts';
import { parseConfig } from '../../src/config.ts';
import { localhost } from '../support/tls/localhost.ts';
import { settingsIn } from './settings-in.ts';

const KEY = Buffer.alloc(32, 1).toString('base64url');

const fileOf = (name: string) => fileURLToPath(import.meta.resolve(`#root/config/${name}.json5`));

function read(name: string): { readonly mail?: unknown; readonly sms?: unknown } {
  const load = new Load({ hostName: '' });
  load.loadFile(fileOf(name));
  return load.config;
}

function valueAt(settings: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value === undefined ? value : Reflect.get(Object(value), key)), settings);
}

describe('config/production.example.json5', () => {
  const example = read('production.example');
  const defaults = read('default');
  const settings = settingsIn(schema);

  it('has every setting, and nothing else', () => {
    expect(settings.length).to.be.greaterThan(50);
    expect(settings.filter((path) => valueAt(example, path) === undefined)).to.deep.equal([]);
    const { mail, sms } = example;
    const { smpp } = Object(sms);
    const own = {
      encryptionKeys: [KEY],
      mail: { ...Object(mail), ca: localhost.cert },
      sms: { ...Object(sms), smpp: { ...smpp, ca: localhost.cert } },
    };
    expect(() => parseConfig({ ...example, ...own })).to.not.throw();
  });

  it('has placeholders for the key and for certificates, which nobody can start with', () => {
    for (const path of ['encryptionKeys.0', 'mail.ca', 'sms.smpp.ca']) {
      expect(() => parseConfig(example)).to.throw(`${path}:`);
    }
  });

  it('shows the defaults, and says so where there is none', () => {
    const text = readFileSync(fileOf('production.example'), 'utf8');
    const differing = settings.filter((path) => {
      return JSON.stringify(valueAt(example, path)) !== JSON.stringify(valueAt(defaults, path));
    });
    const ofGateways = /^sms\.(twilio|vonage|messagebird|bird|smpp|http)\./;
    expect(differing.filter((path) => !ofGateways.test(path))).to.deep.equal([
      'issuer',
      'encryptionKeys',
      'redis.url',
      'passwords.breached.url',
      'sms.gateway',
      'sms.fallback',
      'mail.host',
      'mail.user',
      'mail.password',
      'mail.ca',
      'mail.from',
      'mail.fromName',
      'mail.replyTo',
      'webauthn.metadata',
      'webauthn.metadataRoot',
      'policy.authenticators',
      'policy.minimumAcr',
      'policy.rememberedDevices',
      'brand.logo',
      'brand.colour',
      'brand.darkColour',
      'brand.texts',
      'brand.links.help',
      'brand.links.privacy',
      'brand.links.imprint',
      'audit.retention',
    ]);
    expect(text.match(/No defaults?\./g)).to.have.length(17);
  });
});
