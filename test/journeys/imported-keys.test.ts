import { createHash, createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { PHR } from '../../src/domain/acr.ts';
import { launchBrowser } from '../support/browser.ts';
import { type RunningIdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { Visitor } from '../support/journey.ts';
import { type RunningRelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { CLIENT_SECRET, offices, webClient } from '../support/seed.ts';
import { certify, pemOf } from '../support/webauthn/certificates.ts';
import { type VirtualCredential, VirtualKeys } from '../support/webauthn/virtual-key.ts';

/** An uncompressed point (FIDO U2F Raw Message Formats 1.2, section 4.3) of a private key in PKCS #8. */
function u2fKey({ privateKey }: VirtualCredential): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url');
}

// Browsers use the extension on https alone.
describe('a key that an older system registered with U2F', () => {
  const usual = getGlobalDispatcher();
  let idp: RunningIdentityProvider;
  let rp: RunningRelyingParty;
  let browser: Browser;

  before(async () => {
    const server = await certify('CN=localhost', { host: 'localhost' });
    const tls = pemOf(server);
    setGlobalDispatcher(new Agent({ connect: { ca: tls.cert } }));
    idp = await startIdentityProvider('PostgreSQL and Redis', { tls, settings: { methods: ['totp', 'security-key'] } });
    rp = await startRelyingParty({
      issuer: idp.issuer,
      clientId: 'web',
      clientSecret: CLIENT_SECRET,
      clock: idp.clock,
    });
    const spki = Buffer.from(server.certificate.publicKey.rawData);
    const pin = createHash('sha256').update(spki).digest('base64');
    browser = await launchBrowser([`--ignore-certificate-errors-spki-list=${pin}`]);
  });
  after(async () => {
    setGlobalDispatcher(usual);
    await browser.close();
    await rp.close();
    await idp.close();
  });

  it('signs in through the appid extension', async () => {
    const appId = `${idp.issuer}/u2f/app-id.json`;
    const context = await browser.newContext({ locale: 'en' });
    const gerda = new Visitor(await context.newPage(), idp, rp);
    const keys = await VirtualKeys.of(gerda.page);

    // What the older system had: a key made for its AppID.
    const { privateKey } = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
    const made: VirtualCredential = {
      credentialId: Buffer.alloc(64, 9).toString('base64'),
      isResidentCredential: false,
      rpId: appId,
      privateKey: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey)).toString('base64'),
      signCount: 20,
    };
    const old = await keys.plugIn({ protocol: 'u2f' }, [made]);
    const registration = { keyHandle: made.credentialId, publicKey: u2fKey(made), appId, counter: 20, name: 'Old key' };
    await idp.add([
      ...offices,
      webClient(`${rp.url}/callback`, { firstParty: true, metadata: rp.metadata }),
      {
        type: 'account',
        organization: 'DEVRIES',
        username: 'gerda',
        password: 'correct horse battery',
        factors: { 'security-key': [registration] },
      },
    ]);

    await gerda.startSignIn();
    await gerda.enterPassword('gerda', 'DEVRIES');
    expect(await gerda.heading()).to.equal('Use your security key');
    expect(await gerda.page.locator('.tips').textContent()).to.match(/Old key/);
    await gerda.press('[data-start]');
    await gerda.keepCodes();
    await gerda.arrive();
    expect(rp.last().claims).to.deep.include({ acr: PHR, amr: ['pwd', 'hwk', 'mfa'] });
    expect((await keys.credentials(old))[0]?.signCount).to.equal(21);
  });
});
