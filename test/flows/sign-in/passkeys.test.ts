import { expect } from 'chai';
import { PHR } from '../../../src/domain/acr.ts';
import { stepName } from '../../../src/domain/step.ts';
import type { Screen, Visitor } from '../../../src/flows/sign-in/screen.ts';
import { PASSWORD, TOTP_KEY } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { challengeOf, formOf, registerKey } from '../../support/webauthn/at-sluis.ts';
import { type Oddity, SoftKey } from '../../support/webauthn/soft-key.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const at = ({ step }: Screen) => stepName(step);
const verified: Oddity = { verified: true };

/** A device that knows its owner, and what it was told of them. */
interface Device {
  readonly key: SoftKey;
  readonly user: string;
}

for (const pair of pairs) {
  describe(`passkeys, on ${pair}`, () => {
    let world: World;
    beforeEach(async () => {
      world = await openWorld(pair, {
        settings: { methods: ['totp', 'passkey'] },
        lines: [
          { type: 'organization', code: 'DUBBEL', name: 'Dubbel', passkeysCountAsBoth: false },
          { type: 'organization', code: 'ZONDER', name: 'Zonder', methods: ['totp'] },
          { type: 'account', organization: 'DUBBEL', username: 'iris', password: PASSWORD },
          { type: 'account', organization: 'ZONDER', username: 'zoe', password: PASSWORD },
          {
            type: 'account',
            organization: 'MOLEN',
            username: 'app',
            password: PASSWORD,
            factors: { totp: { key: TOTP_KEY } },
          },
        ],
      });
    });
    afterEach(() => world.close());

    const sit = (...args: [request?: object, from?: Partial<Visitor>]) => new Sitting(world.signIn, ...args);
    const can = { can: 'passkey' };

    /** Takes up the offer after the password. */
    async function setUp(username: string, office = 'MOLEN'): Promise<Device> {
      const sitting = sit();
      const offer = await sitting.answer({ username, office, password: PASSWORD, ...can });
      expect(at(offer)).to.equal('offer:passkey');
      const enrol = await sitting.answer({ act: 'answer' });
      expect(enrol.step).to.deep.include({ at: 'enrol', factor: 'passkey', optional: true });
      const { options } = enrol.show as { options: { user: { id: string } } };
      const key = new SoftKey();
      await registerKey(sitting, key, verified);
      expect(at(await sitting.answer({ kept: 'on' }))).to.equal('done');
      return { key, user: options.user.id };
    }

    /** Answers beside the fields for name and password. */
    async function present(sitting: Sitting, { key, user }: Device, oddity: Oddity = {}): Promise<Screen> {
      const challenge = challengeOf(await sitting.look(), 'passkey');
      const answer = key.answer(challenge, { ...verified, userHandle: user, ...oddity });
      return sitting.answer(formOf(answer, { by: 'passkey' }));
    }

    it('are both factors in one ceremony', async () => {
      const device = await setUp('mila');
      const end = await present(sit(), device);
      expect(end.outcome)
        .to.include({ acr: PHR })
        .and.deep.include({ amr: ['hwk', 'user', 'mfa'] });
    });

    it('are proved with the password, whichever comes first, where the organization wants both', async () => {
      const device = await setUp('iris', 'DUBBEL');
      const first = sit();
      expect(at(await present(first, device))).to.equal('prove:password');
      const end = await first.answer({ password: PASSWORD });
      expect(end.outcome)
        .to.include({ acr: PHR })
        .and.deep.include({ amr: ['hwk', 'user', 'pwd', 'mfa'] });
    });

    it('never use up the tries of who proves them with the password, time after time', async () => {
      const device = await setUp('iris', 'DUBBEL');
      for (let round = 0; round < 5; round++) {
        const sitting = sit();
        expect(at(await present(sitting, device))).to.equal('prove:password');
        expect(at(await sitting.answer({ password: PASSWORD }))).to.equal('done');
      }
    });

    it('are for one sign-in, once, and for five minutes', async () => {
      const device = await setUp('mila');
      const [one, other] = [sit(), sit()];
      const challenge = challengeOf(await one.look(), 'passkey');
      const answer = device.key.answer(challenge, { ...verified, userHandle: device.user });
      await other.look();
      const elsewhere = await other.answer(formOf(answer, { by: 'passkey' }));
      expect([at(elsewhere), elsewhere.problem?.code]).to.deep.equal(['identify', 'refused']);

      world.clock.advance(300_000);
      const late = await one.answer(formOf(answer, { by: 'passkey' }));
      expect([at(late), late.problem?.code]).to.deep.equal(['identify', 'expired']);
      expect(at(await present(one, device))).to.equal('done');
    });

    it('that are not right tell a stranger nothing, and never slow anybody down', async () => {
      const device = await setUp('mila');
      const bad: readonly Oddity[] = [
        { verified: false },
        { clientData: { origin: 'https://example.com' } },
        { rpId: 'example.com' },
        { userHandle: 'AAAA' },
        { present: false },
      ];
      const stranger = { key: new SoftKey(), user: device.user };
      const sitting = sit();
      for (let round = 0; round < 5; round++) {
        for (const oddity of bad) {
          const { problem } = await present(sitting, device, oddity);
          expect(problem).to.deep.equal({ code: 'refused', by: 'passkey' });
        }
        expect((await present(sitting, stranger)).problem).to.deep.equal({ code: 'refused', by: 'passkey' });
        expect((await sitting.answer({ by: 'passkey', response: '{' })).problem).to.include({ code: 'malformed' });
      }
      device.key.counter = 100;
      expect(at(await present(sitting, device))).to.equal('done');
      expect(at(await sit().answer({ username: 'mila', office: 'MOLEN', password: PASSWORD }))).to.equal(
        'prove:passkey',
      );
      const rows = (await world.auditRows()).filter(({ type }) => type === 'sign-in.rejected');
      expect(rows).to.have.length(35);
    });

    it('that are not right fill the audit log no faster than wrong passwords, and are let in all the same', async () => {
      const address = { free: 5, delay: '1s', longest: '30s', memory: '15m' };
      const careful = await openWorld(pair, { settings: { methods: ['totp', 'passkey'], throttle: { address } } });
      const refusals = async () => (await careful.auditRows()).filter(({ type }) => type === 'sign-in.rejected').length;
      const sitting = new Sitting(careful.signIn);
      const stranger = { key: new SoftKey(), user: 'AAAA' };
      const refused = { code: 'refused', by: 'passkey' };
      for (let round = 0; round < 20; round++) {
        expect((await present(sitting, stranger)).problem).to.deep.equal(refused);
      }
      expect(await refusals()).to.equal(5);
      careful.clock.advance(30_000);
      await present(sitting, stranger);
      expect(await refusals()).to.equal(6);
      const form = { username: 'mila', office: 'MOLEN', password: 'not this one' };
      expect((await sitting.answer(form)).problem, 'has a count of its own').to.deep.equal({ code: 'wrong' });
      await careful.close();
    });

    it('are set up by nobody who has the password alone', async () => {
      await setUp('mila');
      const thief = sit();
      const screen = await thief.answer({ username: 'mila', office: 'MOLEN', password: PASSWORD, ...can });
      expect(at(screen)).to.equal('prove:passkey');
      for (const form of [{ step: 'enrol:totp', code: '123456' }, { step: 'offer:passkey' }, { step: 'introduce' }]) {
        const { bound = '' } = screen;
        expect(at(await thief.post({ ...form, bound })), form.step).to.equal('prove:passkey');
      }
    });

    describe('are offered', () => {
      const offered = async (username: string, office: string, form: object, from: Partial<Visitor> = {}) =>
        at(await sit({}, from).answer({ username, office, password: PASSWORD, ...form }));

      it('on a device that can, where the organization allows them', async () => {
        expect(await offered('mila', 'MOLEN', can)).to.equal('offer:passkey');
        expect(await offered('mila', 'MOLEN', {})).to.equal('done');
        expect(await offered('zoe', 'ZONDER', can)).to.equal('done');
      });

      it('after a second factor, to who holds one', async () => {
        expect(await offered('app', 'MOLEN', can)).to.equal('prove:totp');
      });

      it('not again to who said "not now" in this browser', async () => {
        const browser = { id: 'b', names: [], accounts: [], postponed: [] as string[] };
        const sitting = sit({}, { browser });
        await sitting.answer({ username: 'mila', office: 'MOLEN', password: PASSWORD, ...can });
        const later = await sitting.answer({ act: 'later' });
        expect(at(later)).to.equal('done');
        const keeping = { browser: { ...browser, postponed: [later.postponed ?? ''] } };
        expect(await offered('mila', 'MOLEN', can, keeping)).to.equal('done');
        expect(await offered('mila', 'MOLEN', can), 'in another browser').to.equal('offer:passkey');
      });
    });
  });
}
