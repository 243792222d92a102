import { expect } from 'chai';
import type { Verdict } from '../../../src/domain/factor.ts';
import { type Oddity, SoftKey } from '../../support/webauthn/soft-key.ts';
import { enrolmentOf } from '../subjects.ts';
import { type Circumstances, ceremoniesWhere, here } from './registered.ts';

interface Shown {
  readonly options: {
    readonly challenge: string;
    readonly user: { readonly id: string; readonly name: string };
    readonly attestation: string;
    readonly excludeCredentials: readonly { readonly id: string }[];
    readonly allowCredentials: readonly { readonly id: string; readonly transports: readonly string[] }[];
    readonly authenticatorSelection: object;
    readonly userVerification: string;
    readonly extensions?: object;
    readonly hints: readonly string[];
  };
  readonly keys: readonly { readonly name?: string }[];
}

const shownBy = ({ show }: { readonly show: object }) => show as Shown;
const secretOf = (verdict: Verdict<unknown, unknown>) => {
  if (verdict.ok !== true) throw new Error(`not accepted: ${JSON.stringify(verdict)}`);
  return verdict.secret as { counter: number; id: string; name?: string; user: string; transports: string[] };
};

/** Registers a key; answers the verdict on the key itself. */
async function attempt(key: SoftKey, oddity: Oddity = {}, circumstances: Circumstances = {}) {
  const ceremonies = ceremoniesWhere(circumstances);
  const { remember, show } = await ceremonies.beginRegistering();
  const { challenge } = (show as Shown).options;
  const verdict = await ceremonies.register(remember, key.register({ ...here, challenge }, oddity));
  return { ceremonies, verdict };
}

/** What is stored of a key once it is registered. */
async function stored(key: SoftKey, name = '', circumstances: Circumstances = {}) {
  const { ceremonies, verdict } = await attempt(key, {}, circumstances);
  if (verdict.ok !== 'more') throw new Error(`not registered: ${JSON.stringify(verdict)}`);
  return secretOf(await ceremonies.name(verdict.remember, name));
}

describe('a security key', () => {
  describe('being registered', () => {
    it('is asked for without verification, residence or attestation', async () => {
      const { options } = shownBy(await ceremoniesWhere().beginRegistering());
      expect(options).to.deep.include({ attestation: 'none', excludeCredentials: [], hints: ['security-key'] });
      expect(options.authenticatorSelection).to.deep.equal({
        authenticatorAttachment: 'cross-platform',
        residentKey: 'discouraged',
        requireResidentKey: false,
        userVerification: 'discouraged',
      });
      expect(options.user.name).to.equal('alice@example.org');
      expect(Buffer.from(options.user.id, 'base64url')).to.have.length(32);
    });

    it('is stored under the name that the person gives it', async () => {
      const key = new SoftKey();
      expect(await stored(key, '  Key\u0000 on my\nring ')).to.deep.include({
        id: key.id.toString('base64url'),
        counter: 0,
        name: 'Key on my ring',
        transports: ['usb'],
        synced: false,
      });
      expect((await stored(new SoftKey(), 'x'.repeat(500))).name).to.have.length(60);
      expect(await stored(new SoftKey())).not.to.have.property('name');
    });

    it('is offered the name of its model', async () => {
      const aaguid = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
      const { ceremonies, verdict } = await attempt(new SoftKey(), { aaguid });
      expect(verdict).to.deep.include({ ok: 'more', show: { asked: 'name', number: 1, proposed: 'YubiKey 5 NFC' } });
      if (verdict.ok !== 'more') return;
      expect(secretOf(await ceremonies.name(verdict.remember, ' '))).to.include({
        name: 'YubiKey 5 NFC',
        model: aaguid,
      });
    });

    it('is told which keys there are, passkeys too, and gets the same user handle', async () => {
      const [one, other] = [await stored(new SoftKey()), await stored(new SoftKey())];
      const held = [enrolmentOf('security-key', one), enrolmentOf('passkey', other, 'e-2')];
      const { options } = shownBy(await ceremoniesWhere({ held }).beginRegistering());
      expect(options.excludeCredentials.map(({ id }) => id)).to.deep.equal([one.id, other.id]);
      expect(options.user.id).to.equal(one.user);
    });

    it('cannot be registered twice, not even for another account', async () => {
      const key = new SoftKey();
      const enrolment = enrolmentOf('security-key', await stored(key));
      for (const held of [[enrolment], [{ ...enrolment, account: 'somebody-else' }]]) {
        const { verdict } = await attempt(key, {}, { held });
        expect(verdict).to.deep.equal({ ok: false, reason: 'refused', detail: 'registered' });
      }
    });

    const bad: readonly [what: string, oddity: Oddity, detail: string][] = [
      ['another origin', { clientData: { origin: 'https://example.com' } }, 'origin'],
      ['http in place of https', { clientData: { origin: 'http://example.org' } }, 'origin'],
      ['a frame of another site', { clientData: { crossOrigin: true } }, 'framed'],
      ['another top origin', { clientData: { topOrigin: 'https://example.com' } }, 'framed'],
      ['another RP ID', { rpId: 'example.com' }, 'rp-id'],
      ['a wrong challenge', { clientData: { challenge: 'AAAA' } }, 'challenge'],
      ['a signature in place of a registration', { clientData: { type: 'webauthn.get' } }, 'type'],
      ['nobody present', { present: false }, 'presence'],
      ['an unknown algorithm', { algorithm: -47 }, 'algorithm'],
      ['ML-DSA', { algorithm: -48 }, 'algorithm'],
      ['an algorithm that the key is not of', { algorithm: 7 }, 'algorithm'],
      ['an unknown format of attestation', { attest: () => ({ fmt: 'odd', attStmt: new Map() }) }, 'attestation'],
      [
        'an attestation of nothing',
        { attest: () => ({ fmt: 'none', attStmt: new Map([['sig', new Uint8Array(2)]]) }) },
        'attestation',
      ],
      [
        'a forged attestation',
        {
          attest: () => ({
            fmt: 'packed',
            attStmt: new Map<string, unknown>([
              ['alg', -7],
              ['sig', new Uint8Array(70)],
            ]),
          }),
        },
        'attestation',
      ],
    ];
    for (const [what, oddity, detail] of bad) {
      it(`is refused for ${what}`, async () => {
        const { verdict } = await attempt(new SoftKey(), oddity);
        expect(verdict).to.deep.equal({ ok: false, reason: 'refused', detail });
      });
    }

    it('takes nothing that is no registration, whatever its size', async () => {
      const ceremonies = ceremoniesWhere();
      const { remember, show } = await ceremonies.beginRegistering();
      const { challenge } = (show as Shown).options;
      const right = new SoftKey().register({ ...here, challenge }) as { response: object };
      const unreadable = { ok: false, reason: 'malformed', detail: 'unreadable' };
      const replaced = (change: object) => ({ ...right, response: { ...right.response, ...change } });
      for (const answer of [
        {},
        [],
        { ...right, id: 'AAAA' },
        { ...right, id: 'AAAA', rawId: 'AAAA' },
        { ...right, id: '', rawId: '' },
        { ...right, type: 'password' },
        replaced({ clientDataJSON: '!' }),
        replaced({ clientDataJSON: Buffer.from('{}').toString('base64url') }),
        replaced({ clientDataJSON: Buffer.from([0xff, 0xfe]).toString('base64url') }),
        replaced({ attestationObject: 'AAAA' }),
        replaced({ attestationObject: Buffer.alloc(9_000, 0x81).toString('base64url') }),
        replaced({ attestationObject: 7 }),
      ]) {
        expect(await ceremonies.register(remember, answer), JSON.stringify(answer).slice(0, 200)).to.deep.equal(
          unreadable,
        );
      }
      const huge = replaced({ attestationObject: 'A'.repeat(1024 * 1024) });
      expect(await ceremonies.register(remember, huge)).to.deep.equal({ ...unreadable, detail: 'too-large' });
    });
  });

  describe('signing in', () => {
    /** Somebody with these keys, asked for one of them. */
    async function asked(held: Circumstances['held']) {
      const ceremonies = ceremoniesWhere({ held: held ?? [] });
      const { remember, show } = await ceremonies.beginProving();
      const { options, keys } = show as Shown;
      return { ceremonies, remember, options, keys, challenge: { ...here, challenge: options.challenge } };
    }

    it('is any of those registered, without verification', async () => {
      const [one, other] = [new SoftKey(), new SoftKey()];
      const held = [
        { ...enrolmentOf('security-key', await stored(one, 'Ring')), lastUsedAt: 7 },
        enrolmentOf('security-key', await stored(other), 'e-2'),
      ];
      const { ceremonies, remember, options, keys, challenge } = await asked(held);
      expect(options).to.include({ userVerification: 'discouraged' });
      expect(options.allowCredentials).to.deep.equal(
        [one, other].map(({ id }) => ({ id: id.toString('base64url'), transports: ['usb'], type: 'public-key' })),
      );
      expect(keys).to.deep.equal([
        { name: 'Ring', lastUsedAt: 7 },
        { name: undefined, lastUsedAt: undefined },
      ]);
      const verdict = await ceremonies.prove(remember, other.answer(challenge));
      expect(verdict).to.deep.include({ ok: true, amr: ['hwk'], enrolment: 'e-2' });
      expect(secretOf(verdict).counter).to.equal(1);
    });

    it('says where copies of it may exist', async () => {
      const key = new SoftKey();
      const held = [enrolmentOf('security-key', { ...(await stored(key)), synced: true })];
      const { ceremonies, remember, challenge } = await asked(held);
      expect(await ceremonies.prove(remember, key.answer(challenge, { synced: true }))).to.deep.include({
        amr: ['swk'],
      });
    });

    const bad: readonly [what: string, oddity: Oddity, detail: string][] = [
      ['another origin', { clientData: { origin: 'https://example.com' } }, 'origin'],
      ['a frame of another site', { clientData: { crossOrigin: true } }, 'framed'],
      ['another RP ID', { rpId: 'example.com' }, 'rp-id'],
      ['a wrong challenge', { clientData: { challenge: 'AAAA' } }, 'challenge'],
      ['a challenge of another length', { clientData: { challenge: '' } }, 'challenge'],
      ['a registration in place of a signature', { clientData: { type: 'webauthn.create' } }, 'type'],
      ['nobody present', { present: false }, 'presence'],
      ['a user handle of somebody else', { userHandle: 'AAAA' }, 'user-handle'],
      ['a key that suddenly has copies', { synced: true }, 'backup'],
    ];
    for (const [what, oddity, detail] of bad) {
      it(`is refused for ${what}`, async () => {
        const key = new SoftKey();
        const { ceremonies, remember, challenge } = await asked([enrolmentOf('security-key', await stored(key))]);
        const verdict = await ceremonies.prove(remember, key.answer(challenge, oddity));
        expect(verdict).to.deep.equal({ ok: false, reason: 'refused', detail });
      });
    }

    it("is refused when it is another account's", async () => {
      const { ceremonies, remember, challenge } = await asked([
        enrolmentOf('security-key', await stored(new SoftKey())),
      ]);
      const verdict = await ceremonies.prove(remember, new SoftKey().answer(challenge));
      expect(verdict).to.deep.equal({ ok: false, reason: 'refused', detail: 'unknown-credential' });
    });

    it('is refused for a tampered signature, for one of another key, and for what is none', async () => {
      const key = new SoftKey();
      const { ceremonies, remember, challenge } = await asked([enrolmentOf('security-key', await stored(key))]);
      const right = key.answer(challenge) as { response: { signature: string; authenticatorData: string } };
      const { signature } = right.response;
      const foreign = new SoftKey().answer(challenge) as typeof right;
      for (const other of [`${signature.slice(0, -8)}AAAAAAAA`, foreign.response.signature, 'AAAA', 'A']) {
        const answer = { ...right, response: { ...right.response, signature: other } };
        expect(await ceremonies.prove(remember, answer), other).to.deep.equal({
          ok: false,
          reason: 'refused',
          detail: 'signature',
        });
      }
      const data = Buffer.from(right.response.authenticatorData, 'base64url');
      data.writeUInt32BE(77, 33);
      const raised = { ...right, response: { ...right.response, authenticatorData: data.toString('base64url') } };
      expect(await ceremonies.prove(remember, raised)).to.include({ detail: 'signature' });
    });

    it('is refused, and told of, when its counter runs backwards or stands still', async () => {
      const key = new SoftKey();
      const held = [enrolmentOf('security-key', { ...(await stored(key)), counter: 41 })];
      for (const counter of [40, 41, 0]) {
        const { ceremonies, remember, challenge } = await asked(held);
        expect(await ceremonies.prove(remember, key.answer(challenge, { counter }))).to.deep.equal({
          ok: false,
          reason: 'refused',
          detail: 'counter',
          copied: { account: 'a-1', enrolment: 'e-1' },
        });
      }
      const { ceremonies, remember, challenge } = await asked(held);
      expect(secretOf(await ceremonies.prove(remember, key.answer(challenge, { counter: 42 }))).counter).to.equal(42);
    });

    it('raises no alarm for a counter that somebody made up', async () => {
      const key = new SoftKey();
      const held = [enrolmentOf('security-key', { ...(await stored(key)), counter: 41 })];
      const { ceremonies, remember, challenge } = await asked(held);
      const forged = key.answer(challenge, { counter: 3 }) as { response: object };
      const answer = { ...forged, response: { ...forged.response, signature: 'AAAA' } };
      expect(await ceremonies.prove(remember, answer)).to.deep.equal({
        ok: false,
        reason: 'refused',
        detail: 'signature',
      });
    });

    it('bears a browser that says "nobody" of the user with an empty handle', async () => {
      const key = new SoftKey();
      const { ceremonies, remember, challenge } = await asked([enrolmentOf('security-key', await stored(key))]);
      expect(await ceremonies.prove(remember, key.answer(challenge, { userHandle: '' }))).to.include({ ok: true });
    });

    it('bears an authenticator that never counts', async () => {
      const key = new SoftKey();
      const { ceremonies, remember, challenge } = await asked([enrolmentOf('security-key', await stored(key))]);
      expect(await ceremonies.prove(remember, key.answer(challenge, { counter: 0 }))).to.include({ ok: true });
    });

    it('takes nothing that is no signature', async () => {
      const key = new SoftKey();
      const { ceremonies, remember, challenge } = await asked([enrolmentOf('security-key', await stored(key))]);
      const right = key.answer(challenge) as { response: object };
      const replaced = (change: object) => ({ ...right, response: { ...right.response, ...change } });
      for (const answer of [
        {},
        replaced({ authenticatorData: 'AAAA' }),
        replaced({ authenticatorData: Buffer.alloc(300).toString('base64url') }),
        replaced({ signature: '' }),
        replaced({ clientDataJSON: 'e30' }),
        replaced({ userHandle: 'A'.repeat(100) }),
      ]) {
        expect(await ceremonies.prove(remember, answer), JSON.stringify(answer)).to.deep.equal({
          ok: false,
          reason: 'malformed',
          detail: 'unreadable',
        });
      }
      expect(await ceremonies.prove(remember, replaced({ signature: 'A'.repeat(99_999) }))).to.include({
        detail: 'too-large',
      });
    });
  });
});
