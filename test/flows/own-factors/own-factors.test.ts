import { expect } from 'chai';
import { PHR } from '../../../src/domain/acr.ts';
import type { SessionStanding } from '../../../src/domain/sign-in-request.ts';
import { stepName } from '../../../src/domain/step.ts';
import { createOwnFactors, type OwnFactors } from '../../../src/flows/own-factors/index.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { appCode } from '../../support/codes.ts';
import { PASSWORD } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { challengeOf, proveKey, registerKey } from '../../support/webauthn/at-sluis.ts';
import { SoftKey } from '../../support/webauthn/soft-key.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const at = ({ step }: Screen) => stepName(step);
const MINUTE = 60_000;
const from = { address: '192.0.2.7', requestId: 'r-1' };

for (const pair of pairs) {
  describe(`one's own factors, on ${pair}`, () => {
    let world: World;
    let own: OwnFactors;
    beforeEach(async () => {
      world = await openWorld(pair, {
        settings: { methods: ['totp', 'security-key'] },
        lines: [
          { type: 'organization', code: 'STRENG', name: 'Streng', minimumAcr: PHR },
          { type: 'account', organization: 'STRENG', username: 'stef', password: PASSWORD },
          { type: 'account', organization: 'MOLEN', username: 'boss', password: PASSWORD, roles: ['superuser'] },
        ],
      });
      own = createOwnFactors(world.needs);
    });
    afterEach(() => world.close());

    /** The session of somebody whose sign-in is done. */
    function sessionOf({ outcome }: Screen): SessionStanding {
      if (outcome === undefined) throw new Error('not signed in');
      const { account, epoch, proofs } = outcome;
      return { account, epoch, proofs };
    }

    /** Sets keys up on the way in. Who needs no second factor asks for one. */
    async function withKeys(username: string, office: string, ...keys: readonly SoftKey[]): Promise<SessionStanding> {
      const sitting = new Sitting(world.signIn, { acceptableAcrs: [PHR] });
      await sitting.password(username, office);
      const next = await sitting.answer({});
      if (at(next) === 'choose') await sitting.answer({ factor: 'security-key' });
      for (const [index, key] of keys.entries()) {
        await registerKey(sitting, key);
        await sitting.answer({ name: `Key ${index + 1}`, ...(index + 1 < keys.length && { again: 'on' }) });
      }
      return sessionOf(await sitting.answer({ kept: 'on' }));
    }

    async function signIn(username: string, office: string, key: SoftKey): Promise<SessionStanding> {
      const sitting = new Sitting(world.signIn);
      await sitting.password(username, office);
      return sessionOf(await proveKey(sitting, key));
    }

    const listed = async (session: SessionStanding) => (await own.show(session))?.held ?? [];
    const named = async (session: SessionStanding, name: string) =>
      (await listed(session)).find((one) => one.name === name)?.id ?? '';
    const noted = async (...types: string[]) =>
      (await world.auditRows()).map(({ type }) => type).filter((type) => types.includes(type));

    it('are listed with name, beginning and last use, without anything secret', async () => {
      const [ring, spare] = [new SoftKey(), new SoftKey()];
      await withKeys('noor', 'DEVRIES', ring, spare);
      const begun = world.clock.now();
      world.clock.advance(MINUTE);
      const session = await signIn('noor', 'DEVRIES', ring);
      const shown = (await listed(session)).map(({ id: _, ...rest }) => rest);
      const common = {
        factor: 'security-key',
        createdAt: begun,
        nameable: true,
        single: false,
        switchedOff: false,
        preferred: false,
        needed: false,
      };
      expect(shown).to.have.deep.members([
        { ...common, name: 'Key 1', lastUsedAt: begun + MINUTE },
        { ...common, name: 'Key 2' },
      ]);
    });

    it('get another name, or none', async () => {
      const session = await withKeys('noor', 'DEVRIES', new SoftKey());
      const id = await named(session, 'Key 1');
      expect(await own.rename({ session, visitor: from }, id, '  Blue\n key ')).to.deep.equal({ ok: true });
      expect((await listed(session))[0]).to.include({ id, name: 'Blue key' });
      expect(await own.rename({ session, visitor: from }, id, ' ')).to.deep.equal({ ok: true });
      expect((await listed(session))[0]).to.not.have.property('name');
      expect(await noted('factor.renamed')).to.have.length(2);
    });

    it('two keys, one removed: the other signs in, and the one that is gone does not', async () => {
      const [ring, spare] = [new SoftKey(), new SoftKey()];
      const before = await withKeys('noor', 'DEVRIES', ring, spare);
      expect(await own.remove({ session: before, visitor: from }, await named(before, 'Key 1'))).to.deep.equal({
        ok: true,
        epoch: '0.1',
      });
      expect(await listed(before), 'the session ended with it').to.deep.equal([]);
      const rows = (await world.auditRows()) as readonly object[];
      expect(rows.at(-1)).to.include({ type: 'factor.removed', account: before.account, address: '192.0.2.7' });

      const sitting = new Sitting(world.signIn);
      await sitting.password('noor', 'DEVRIES');
      const screen = await sitting.look();
      const { options } = screen.show as { options: { allowCredentials: { id: string }[] } };
      expect(options.allowCredentials.map(({ id }) => id)).to.deep.equal([spare.id.toString('base64url')]);
      const gone = await proveKey(sitting, ring);
      expect(gone.problem).to.include({ detail: 'unknown-credential' });
      const session = sessionOf(await proveKey(sitting, spare));
      expect((await listed(session)).map(({ name, needed }) => [name, needed])).to.deep.equal([['Key 2', true]]);
    });

    it('cannot be removed when a second factor is demanded and none is left', async () => {
      const people = [
        ['noor', 'DEVRIES', 'the office demands one'],
        ['stef', 'STRENG', 'it must be phishing-resistant'],
        ['boss', 'MOLEN', 'a role demands one'],
      ] as const;
      for (const [username, office, why] of people) {
        const session = await withKeys(username, office, new SoftKey());
        const [key] = await listed(session);
        expect(key?.needed, why).to.equal(true);
        expect(await own.remove({ session, visitor: from }, key?.id ?? ''), why).to.deep.equal({
          ok: false,
          reason: 'needed',
        });
      }
    });

    it('cannot be removed in favour of one that is switched off', async () => {
      const sitting = new Sitting(world.signIn, { acceptableAcrs: [PHR] });
      await sitting.password('teun', 'DEVRIES');
      await sitting.code(appCode(world.clock));
      await sitting.answer({});
      await registerKey(sitting, new SoftKey());
      await sitting.answer({ name: 'Key' });
      const session = sessionOf(await sitting.answer({ kept: 'on' }));
      const needed = async () => (await listed(session)).filter((one) => one.needed).map(({ factor }) => factor);
      expect(await needed()).to.deep.equal([]);
      const app = (await listed(session)).find(({ factor }) => factor === 'totp');
      await world.needs.enrolments.fail(app?.id ?? '', 1, world.clock.now());
      expect(await needed()).to.deep.equal(['security-key']);
    });

    it('can all be removed where none is demanded, and the recovery codes go along', async () => {
      const session = await withKeys('mila', 'MOLEN', new SoftKey());
      const [key] = await listed(session);
      expect(await own.remove({ session, visitor: from }, key?.id ?? '')).to.include({ ok: true });
      expect((await world.needs.enrolments.of(session.account)).enrolments).to.deep.equal([]);
      const next = new Sitting(world.signIn);
      expect(at(await next.password('mila', 'MOLEN'))).to.equal('done');
    });

    it('keep one of two that are removed at once', async () => {
      const session = await withKeys('noor', 'DEVRIES', new SoftKey(), new SoftKey());
      const ids = (await listed(session)).map(({ id }) => id);
      const outcomes = await Promise.all(ids.map((id) => own.remove({ session, visitor: from }, id)));
      expect(outcomes.filter(({ ok }) => ok)).to.have.length(1);
      expect(await noted('factor.removed')).to.have.length(1);
    });

    it('are changed by nobody whose second factor is long ago, who proved none, or whose account changed', async () => {
      const session = await withKeys('noor', 'DEVRIES', new SoftKey(), new SoftKey());
      const id = await named(session, 'Key 1');
      const attempt = async (standing: SessionStanding, which = id) => {
        const owning = { session: standing, visitor: from };
        const [renamed, removed] = [await own.rename(owning, which, 'x'), await own.remove(owning, which)];
        expect(removed).to.deep.equal(renamed);
        return renamed.ok || renamed.reason;
      };
      const password = session.proofs.filter(({ factor }) => factor === 'password');
      expect(await attempt({ ...session, proofs: password })).to.equal('unproved');
      expect(await attempt({ ...session, epoch: '9.9' })).to.equal('stale');
      expect(await attempt({ ...session, account: 'nobody' })).to.equal('stale');
      expect(await attempt(session, 'nothing')).to.equal('unknown');
      const other = await withKeys('boss', 'MOLEN', new SoftKey());
      expect(await attempt(other), "somebody else's").to.equal('unknown');
      world.clock.advance(5 * MINUTE + 1);
      expect(await attempt(session)).to.equal('unproved');
      expect(await listed(session)).to.have.length(2);
    });

    it('that have no names get none', async () => {
      const sitting = new Sitting(world.signIn);
      await sitting.password('bram', 'MOLEN');
      await sitting.code(appCode(world.clock));
      const session = sessionOf(await sitting.answer({ kept: 'on' }));
      const [app] = await listed(session);
      expect(app).to.include({ factor: 'totp', needed: false });
      expect(await own.rename({ session, visitor: from }, app?.id ?? '', 'x')).to.deep.equal({
        ok: false,
        reason: 'unknown',
      });
    });

    describe('another one', () => {
      it('is set up in a session that proved one, later', async () => {
        const [ring, spare] = [new SoftKey(), new SoftKey()];
        await withKeys('noor', 'DEVRIES', ring);
        const session = await signIn('noor', 'DEVRIES', ring);
        const sitting = new Sitting(world.signIn, { session, adding: 'security-key' });
        const enrol = await sitting.look();
        expect(enrol.step).to.deep.include({ at: 'enrol', factor: 'security-key', optional: true });
        expect(enrol).to.not.have.property('wizard');
        await registerKey(sitting, spare);
        expect(at(await sitting.answer({ name: 'Spare' }))).to.equal('done');
        expect((await listed(session)).map(({ name }) => name)).to.have.members(['Key 1', 'Spare']);
        await signIn('noor', 'DEVRIES', spare);
      });

      it('waits for a proof where the session has none that counts', async () => {
        const ring = new SoftKey();
        await withKeys('noor', 'DEVRIES', ring);
        const session = await signIn('noor', 'DEVRIES', ring);
        const proofs = session.proofs.filter(({ factor }) => factor === 'password');
        const sitting = new Sitting(world.signIn, { session: { ...session, proofs }, adding: 'security-key' });
        expect(at(await sitting.look())).to.equal('prove:security-key');
        expect(at(await proveKey(sitting, ring))).to.equal('enrol:security-key');
        expect(at(await sitting.answer({ act: 'back' })), 'not now').to.equal('done');
      });

      it('can be asked for at the page that asks for one, and not be wanted after all', async () => {
        const [ring, spare] = [new SoftKey(), new SoftKey()];
        const first = await withKeys('noor', 'DEVRIES', ring);
        const sitting = new Sitting(world.signIn);
        expect((await sitting.password('noor', 'DEVRIES')).another).to.equal('possible');
        const challenge = challengeOf(await sitting.look());
        expect((await sitting.answer({ act: 'add' })).another).to.equal('wanted');
        expect((await sitting.answer({ act: 'back' })).another).to.equal('possible');
        const asked = await sitting.answer({ act: 'add' });
        expect(challengeOf(asked), 'the same question').to.deep.equal(challenge);
        expect(at(await proveKey(sitting, ring))).to.equal('enrol:security-key');
        await registerKey(sitting, spare);
        expect(at(await sitting.answer({ name: 'Spare' }))).to.equal('done');
        expect((await listed(first)).map(({ name }) => name)).to.have.members(['Key 1', 'Spare']);
      });

      it('is nothing to ask for where people have one at most, or the organization does not allow it', async () => {
        const sitting = new Sitting(world.signIn);
        expect(await sitting.password('teun', 'DEVRIES')).to.not.have.property('another');
        expect((await sitting.answer({ act: 'add' })).problem).to.deep.equal({ code: 'not-offered' });
        await sitting.code(appCode(world.clock));
        const session = sessionOf(await sitting.answer({ kept: 'on' }));
        const elsewhere = new Sitting(world.signIn, { session, adding: 'sms' });
        expect(at(await elsewhere.look())).to.equal('done');
      });
    });
  });
}
