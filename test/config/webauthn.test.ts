import { expect } from 'chai';
import { parseConfig, webauthnFaults } from '../../src/config.ts';

const least = { issuer: 'https://id.example.com', encryptionKeys: [Buffer.alloc(32, 1).toString('base64url')] };
const AAGUID = '2FC0579F-8113-47EA-B116-BB5A8DB9202A';

const faultsOf = (settings: object) => webauthnFaults(parseConfig({ ...least, ...settings })).map(({ path }) => path);

describe('the configuration of security keys', () => {
  it('takes origins, without a path', () => {
    const read = (origin: string) => parseConfig({ ...least, webauthn: { origins: [origin] } }).webauthn.origins;
    for (const origin of ['https://example.nl', 'https://example.nl:8443', 'http://localhost:3000']) {
      expect(read(origin)).to.deep.equal([origin]);
    }
    for (const wrong of ['https://example.nl/', 'https://example.nl/a', 'http://example.nl', 'example.nl', '']) {
      expect(() => read(wrong), wrong).to.throw('webauthn.origins.0');
    }
  });

  it('takes AAGUIDs in either case', () => {
    const policy = { authenticators: [AAGUID] };
    expect(parseConfig({ ...least, policy }).policy.authenticators).to.deep.equal([AAGUID.toLowerCase()]);
    for (const wrong of [[], ['YubiKey'], [AAGUID, AAGUID]]) {
      expect(() => parseConfig({ ...least, policy: { authenticators: wrong } })).to.throw('policy.authenticators');
    }
  });

  it('needs metadata to keep to a list of models or to a root, and a name to make keys for', () => {
    const policy = { authenticators: [AAGUID] };
    expect(faultsOf({})).to.deep.equal([]);
    expect(faultsOf({ policy })).to.deep.equal(['webauthn.metadata']);
    expect(faultsOf({ webauthn: { metadataRoot: '/etc/sluis/root.pem' } })).to.deep.equal(['webauthn.metadata']);
    expect(faultsOf({ policy, webauthn: { metadata: '/etc/sluis/metadata.jwt' } })).to.deep.equal([]);
    for (const issuer of ['https://192.0.2.1', 'https://[2001:db8::1]']) {
      expect(faultsOf({ issuer })).to.deep.equal(['issuer']);
      expect(faultsOf({ issuer, policy, methods: ['totp'] }), 'nobody uses keys').to.deep.equal([]);
    }
    expect(faultsOf({ issuer: 'http://127.0.0.1:3000' }), 'this machine itself').to.deep.equal([]);
  });
});
