import { expect } from 'chai';
import { importedFromU2f } from '../../../src/factors/webauthn/u2f.ts';
import { SoftKey } from '../../support/webauthn/soft-key.ts';
import { enrolmentOf } from '../subjects.ts';
import { ceremoniesWhere, here } from './registered.ts';

const appId = 'https://example.org/u2f/app-id.json';

describe('a key that an older system registered with U2F', () => {
  const given = (key: SoftKey, more: object = {}) => ({ ...key.u2f(), appId, ...more });

  it('is imported with handle, public key and AppID', () => {
    const key = new SoftKey();
    const secret = importedFromU2f(given(key, { counter: 12, name: ' Blue ' }));
    expect(secret).to.deep.include({
      id: key.id.toString('base64url'),
      counter: 12,
      name: 'Blue',
      appId,
      synced: false,
    });
    const { keyHandle, publicKey } = key.u2f();
    const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64');
    const older = { keyHandle: base64(keyHandle), publicKey: base64(publicKey), appId };
    expect(importedFromU2f(older)).to.deep.include({ id: secret?.id, publicKey: secret?.publicKey, counter: 0 });
  });

  it('is not imported when no key could use it', () => {
    const key = new SoftKey();
    const { publicKey } = key.u2f();
    const offCurve = Buffer.from(publicKey, 'base64url');
    offCurve[64] = (offCurve[64] ?? 0) ^ 1;
    for (const wrong of [
      undefined,
      'text',
      {},
      given(key, { appId: 'http://example.org' }),
      given(key, { appId: 'example.org' }),
      given(key, { keyHandle: '' }),
      given(key, { keyHandle: 'A'.repeat(1000) }),
      given(key, { publicKey: publicKey.slice(4) }),
      given(key, { publicKey: offCurve.toString('base64url') }),
      given(key, { counter: -1 }),
      given(key, { secret: 'x' }),
    ]) {
      expect(importedFromU2f(wrong), JSON.stringify(wrong)).to.equal(undefined);
    }
  });

  it('answers for its AppID through the extension, and for the RP ID', async () => {
    const key = new SoftKey();
    const held = [enrolmentOf('security-key', importedFromU2f(given(key)))];
    for (const rpId of [appId, here.rpId]) {
      const ceremonies = ceremoniesWhere({ held });
      const { remember, show } = await ceremonies.beginProving();
      const { options } = show as { options: { challenge: string; extensions: object } };
      expect(options.extensions).to.deep.equal({ appid: appId });
      const verdict = await ceremonies.prove(remember, key.answer({ ...here, challenge: options.challenge }, { rpId }));
      expect(verdict, rpId).to.deep.include({ ok: true, amr: ['hwk'] });
    }
  });

  it('is the only one to answer for an AppID, and for its own alone: the next key is of WebAuthn', async () => {
    const [old, young] = [new SoftKey(), new SoftKey()];
    const ceremonies = ceremoniesWhere({ held: [enrolmentOf('security-key', importedFromU2f(given(old)))] });
    const begun = await ceremonies.beginRegistering();
    const { challenge } = (begun.show as { options: { challenge: string } }).options;
    const keyed = await ceremonies.register(begun.remember, young.register({ ...here, challenge }));
    const named = keyed.ok === 'more' ? await ceremonies.name(keyed.remember, '') : keyed;
    const secret = named.ok === true ? named.secret : expect.fail();
    expect(secret).to.not.have.property('appId');

    const both = [enrolmentOf('security-key', importedFromU2f(given(old))), enrolmentOf('security-key', secret, 'e-2')];
    const { beginProving, prove } = ceremoniesWhere({ held: both });
    for (const [key, rpId] of [
      [young, appId],
      [old, 'https://example.org/other.json'],
    ] as const) {
      const { remember, show } = await beginProving();
      const asked = { ...here, challenge: (show as { options: { challenge: string } }).options.challenge };
      expect(await prove(remember, key.answer(asked, { rpId }))).to.include({ reason: 'refused', detail: 'rp-id' });
    }
  });

  it('is kept from being registered a second time', async () => {
    const held = [enrolmentOf('security-key', importedFromU2f(given(new SoftKey())))];
    const { show } = await ceremoniesWhere({ held }).beginRegistering();
    const { options } = show as { options: { extensions: object } };
    expect(options.extensions).to.include({ appidExclude: appId });
  });
});
