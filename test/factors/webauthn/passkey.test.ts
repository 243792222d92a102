import { expect } from 'chai';
import type { Form } from '../../../src/domain/factor.ts';
import { type Oddity, SoftKey } from '../../support/webauthn/soft-key.ts';
import { enrolmentOf } from '../subjects.ts';
import { type Circumstances, ceremoniesWhere, here, keysWhere } from './registered.ts';

interface Shown {
  readonly options: {
    readonly challenge: string;
    readonly user: { readonly id: string };
    readonly authenticatorSelection: object;
    readonly excludeCredentials: readonly { readonly id: string }[];
    readonly allowCredentials?: readonly object[];
    readonly userVerification: string;
  };
}

interface Stored {
  readonly id: string;
  readonly user: string;
}

/** Registers a passkey; answers the verdict, and what is stored. */
async function attempt(key: SoftKey, oddity: Oddity = {}, circumstances: Circumstances = {}) {
  const ceremonies = ceremoniesWhere(circumstances, 'passkey');
  const { remember, show } = await ceremonies.beginRegistering();
  const { options } = show as Shown;
  const answer = key.register({ ...here, challenge: options.challenge }, { verified: true, ...oddity });
  const verdict = await ceremonies.register(remember, answer);
  return { options, verdict, secret: (verdict.ok === true ? verdict.secret : {}) as Stored };
}

/** Somebody at the sign-in page, where these are all the passkeys that there are. */
async function atTheDoor(circumstances: Circumstances) {
  const { identification } = keysWhere(circumstances).passkey;
  if (identification === undefined) throw new Error('a passkey identifies');
  const { remember, show } = await identification.start(undefined);
  const { options } = show as Shown;
  const challenge = { ...here, challenge: options.challenge };
  const answer = (form: Form) => identification.finish(undefined, remember, form);
  return { options, challenge, answer, show: (given: object) => answer({ response: JSON.stringify(given) }) };
}

describe('a passkey', () => {
  describe('being registered', () => {
    it('must be found without a name and make sure who is there', async () => {
      const { options, verdict, secret } = await attempt(new SoftKey(), { synced: true });
      expect(options.authenticatorSelection).to.deep.equal({
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      });
      expect(verdict).to.deep.include({ ok: true, amr: ['swk', 'user'] });
      expect(secret).to.include({ synced: true });
    });

    it('is not to be on an authenticator that has one, but may be where a security key is', async () => {
      const [one, other] = [(await attempt(new SoftKey())).secret, (await attempt(new SoftKey())).secret];
      const held = [enrolmentOf('passkey', one), enrolmentOf('security-key', other, 'e-2')];
      const { options } = await attempt(new SoftKey(), {}, { held });
      expect(options.excludeCredentials.map(({ id }) => id)).to.deep.equal([one.id]);
      expect(options.user.id).to.equal(one.user);
    });

    it('is refused where nobody made sure who is there, or it cannot be found', async () => {
      const unsure = await attempt(new SoftKey(), { verified: false });
      expect(unsure.verdict).to.deep.equal({ ok: false, reason: 'refused', detail: 'verification' });
      const unfound = await attempt(new SoftKey(), { rk: false });
      expect(unfound.verdict).to.deep.equal({ ok: false, reason: 'refused', detail: 'not-discoverable' });
      expect((await attempt(new SoftKey(), { rk: true })).verdict).to.include({ ok: true });
    });
  });

  describe('in the place of the password', () => {
    it('tells who is there', async () => {
      const key = new SoftKey();
      const { secret } = await attempt(key);
      const held = [enrolmentOf('passkey', secret)];
      const { options, challenge, show } = await atTheDoor({ held });
      expect(options).to.include({ userVerification: 'required', allowCredentials: undefined });
      const verdict = await show(key.answer(challenge, { verified: true, userHandle: secret.user }));
      expect(verdict).to.deep.include({ ok: true, amr: ['hwk', 'user'], enrolment: 'e-1' });
      expect(verdict.ok === true && verdict.account?.id).to.equal('a-1');
    });

    const refused = (detail: string) => ({ ok: false, reason: 'refused', detail });

    it('is unknown by another handle, without one, or when it is not there', async () => {
      const key = new SoftKey();
      const { secret } = await attempt(key);
      const { challenge, show } = await atTheDoor({ held: [enrolmentOf('passkey', secret)] });
      for (const handle of [{ userHandle: 'AAAA' }, {}]) {
        const answer = key.answer(challenge, { verified: true, ...handle });
        expect(await show(answer)).to.deep.equal(refused('unknown-credential'));
      }
      const stranger = new SoftKey().answer(challenge, { verified: true, userHandle: secret.user });
      expect(await show(stranger)).to.deep.equal(refused('unknown-credential'));
    });

    it('is unknown when its account is disabled or gone, as one that never was', async () => {
      const key = new SoftKey();
      const { secret } = await attempt(key);
      const held = [enrolmentOf('passkey', secret)];
      for (const account of [{ disabled: true }, { id: 'another' }]) {
        const { challenge, show } = await atTheDoor({ held, account });
        const answer = key.answer(challenge, { verified: true, userHandle: secret.user });
        expect(await show(answer)).to.deep.equal(refused('unknown-credential'));
      }
    });

    it('is no security key, which does not say who is there', async () => {
      const key = new SoftKey();
      const { secret } = await attempt(key);
      const { challenge, show } = await atTheDoor({ held: [enrolmentOf('security-key', secret)] });
      const answer = key.answer(challenge, { verified: true, userHandle: secret.user });
      expect(await show(answer)).to.deep.equal(refused('unknown-credential'));
    });

    const bad: readonly [what: string, oddity: Oddity, detail: string][] = [
      ['nobody made sure who is there', { verified: false }, 'verification'],
      ['another origin', { clientData: { origin: 'https://example.com' } }, 'origin'],
      ['another RP ID', { rpId: 'example.com' }, 'rp-id'],
      ['a wrong challenge', { clientData: { challenge: 'AAAA' } }, 'challenge'],
    ];
    for (const [what, oddity, detail] of bad) {
      it(`is refused for ${what}`, async () => {
        const key = new SoftKey();
        const { secret } = await attempt(key);
        const { challenge, show } = await atTheDoor({ held: [enrolmentOf('passkey', secret)] });
        const answer = key.answer(challenge, { verified: true, userHandle: secret.user, ...oddity });
        expect(await show(answer)).to.deep.equal(refused(detail));
      });
    }

    it('takes nothing that is no answer', async () => {
      const { answer } = await atTheDoor({});
      for (const form of [{}, { response: '' }, { response: 'null' }, { response: '{' }]) {
        expect(await answer(form as Form)).to.deep.equal({ ok: false, reason: 'malformed', detail: 'unreadable' });
      }
    });
  });

  it('is asked for by name after the password', async () => {
    const key = new SoftKey();
    const { secret } = await attempt(key);
    const ceremonies = ceremoniesWhere({ held: [enrolmentOf('passkey', secret)] }, 'passkey');
    const { remember, show } = await ceremonies.beginProving();
    const { challenge, userVerification, allowCredentials } = (show as Shown).options;
    expect([userVerification, allowCredentials?.length]).to.deep.equal(['required', 1]);
    const asked = { ...here, challenge };
    expect(await ceremonies.prove(remember, key.answer(asked))).to.include({ detail: 'verification' });
    expect(await ceremonies.prove(remember, key.answer(asked, { verified: true }))).to.include({ ok: true });
  });

  it('works at related origins, for the same RP ID', async () => {
    const key = new SoftKey();
    const { secret } = await attempt(key);
    const held = [enrolmentOf('passkey', secret)];
    const { challenge, show } = await atTheDoor({ held, origins: ['https://example.nl'] });
    const elsewhere = { ...challenge, origin: 'https://example.nl' };
    const oddity = { verified: true, userHandle: secret.user };
    expect(await show(key.answer(elsewhere, oddity))).to.include({ ok: true });
    expect(await show(key.answer({ ...elsewhere, rpId: 'example.nl' }, oddity))).to.include({ detail: 'rp-id' });
  });
});
