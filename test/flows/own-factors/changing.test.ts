import { expect } from 'chai';
import type { SessionStanding } from '../../../src/domain/sign-in-request.ts';
import { createOwnFactors, type OwnFactors } from '../../../src/flows/own-factors/index.ts';
import { appCode } from '../../support/codes.ts';
import { Phones } from '../../support/phones.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';
import { changedBy, owning, sessionOf } from '../account/owning.ts';

const MINUTE = 60_000;

for (const pair of pairs) {
  describe(`changing one's second factors, on ${pair}`, () => {
    const phones = new Phones();
    let world: World;
    let own: OwnFactors;
    beforeEach(async () => {
      world = await openWorld(pair, { settings: { methods: ['totp', 'sms'] }, smsGateway: phones });
      own = createOwnFactors(world.needs);
    });
    afterEach(() => world.close());

    async function signedIn(username: string, office: string): Promise<SessionStanding> {
      const sitting = new Sitting(world.signIn);
      await sitting.password(username, office);
      await sitting.code(appCode(world.clock));
      return sessionOf(await sitting.answer({ kept: 'on' }));
    }

    /** Sets the phone up in a session. @returns the session, with what was proved just now */
    async function addPhone(session: SessionStanding): Promise<SessionStanding> {
      const sitting = new Sitting(world.signIn, { client: 'web', session, adding: 'sms', provedWithin: 5 * MINUTE });
      await sitting.look();
      await sitting.answer({ number: '0612345678', country: 'NL' });
      return sessionOf(await sitting.code(phones.code('+31612345678')));
    }

    const kinds = async (session: SessionStanding) => (await own.show(session))?.held.map(({ factor }) => factor) ?? [];

    it('shows what there is, what may be set up, and whether it is demanded', async () => {
      const teun = await own.show(await signedIn('teun', 'DEVRIES'));
      expect(teun).to.deep.include({ offered: ['sms'], codesLeft: 6, demanded: 'organization' });
      expect(teun?.held.map(({ factor, needed, single }) => ({ factor, needed, single }))).to.deep.equal([
        { factor: 'totp', needed: true, single: true },
      ]);
      const mila = await own.show(sessionOf(await new Sitting(world.signIn).password('mila', 'MOLEN')));
      expect(mila).to.deep.equal({ held: [], offered: ['totp', 'sms'] });
    });

    it('takes the old one away when the new one works, and the session goes on with the new epoch', async () => {
      const session = await signedIn('teun', 'DEVRIES');
      const old = (await own.show(session))?.held.map(({ id }) => id) ?? [];
      world.clock.advance(MINUTE);
      const begun = world.clock.now();
      expect(await own.replace(owning(session), old, begun), 'nothing new').to.deep.equal({
        ok: false,
        reason: 'unknown',
      });
      const after = await addPhone(session);
      expect(await kinds(after)).to.have.members(['totp', 'sms']);
      const outcome = await own.replace(owning(after), old, begun);
      expect(outcome).to.deep.equal({ ok: true, epoch: '0.1' });
      expect(await own.show(after), 'the session of before').to.equal(undefined);
      const renewed = { ...after, epoch: '0.1' };
      expect(await kinds(renewed)).to.deep.equal(['sms']);
      expect((await own.show(renewed))?.held[0]?.description).to.equal('+31 6 •••• ••78');
      expect(await changedBy(world, session)).to.deep.equal(['factor.replaced']);
    });

    it("takes nothing away for somebody else's old ones, or for one that was there before", async () => {
      const bram = await signedIn('bram', 'MOLEN');
      const theirs = (await own.show(bram))?.held.map(({ id }) => id) ?? [];
      const begun = world.clock.now();
      const teun = await addPhone(await signedIn('teun', 'DEVRIES'));
      expect(await own.replace(owning(teun), theirs, begun)).to.include({ ok: false, reason: 'unknown' });
      const all = (await own.show(teun))?.held.map(({ id }) => id) ?? [];
      expect(await own.replace(owning(teun), all, begun), 'nothing would be left').to.include({ ok: false });
      expect(await kinds(bram)).to.deep.equal(['totp']);
    });

    it('asks first for the one that is preferred', async () => {
      const session = await addPhone(await signedIn('bram', 'MOLEN'));
      const asked = async () => (await new Sitting(world.signIn).password('bram', 'MOLEN')).step;
      expect(await asked()).to.include({ at: 'prove', factor: 'totp' });
      expect(await own.prefer(owning(session), 'sms')).to.deep.equal({ ok: true });
      expect(await asked()).to.include({ at: 'prove', factor: 'sms' });
      expect(await own.prefer(owning(session), 'recovery-code')).to.include({ ok: false });
      expect(await own.prefer(owning({ ...session, proofs: session.proofs.slice(0, 1) }), 'totp')).to.include({
        reason: 'unproved',
      });
      expect(await changedBy(world, session)).to.deep.equal(['factor.preferred']);
    });

    it('turns it off where nobody demands it, codes included, and nowhere else', async () => {
      const bram = await addPhone(await signedIn('bram', 'MOLEN'));
      expect(await own.turnOff(owning(bram))).to.include({ ok: true });
      expect((await world.needs.enrolments.of(bram.account)).enrolments).to.deep.equal([]);
      expect(await changedBy(world, bram)).to.deep.equal(['factor.turned-off', 'factor.turned-off']);
      const teun = await signedIn('teun', 'DEVRIES');
      expect(await own.turnOff(owning(teun))).to.deep.equal({ ok: false, reason: 'needed' });
      expect(await kinds(teun)).to.deep.equal(['totp']);
    });

    it('makes new recovery codes by the ordinary way, and the old ones end only then', async () => {
      const session = await signedIn('bram', 'MOLEN');
      const sitting = new Sitting(world.signIn, { session, adding: 'recovery-code', provedWithin: 5 * MINUTE });
      expect((await sitting.look()).step.at).to.equal('keep-codes');
      const before = (await world.needs.enrolments.of(session.account)).enrolments;
      await sitting.answer({ act: 'back' });
      expect((await world.needs.enrolments.of(session.account)).enrolments, 'not after all').to.deep.equal(before);
      const again = new Sitting(world.signIn, { session, adding: 'recovery-code', provedWithin: 5 * MINUTE });
      expect((await again.answer({ kept: 'on' })).step.at).to.equal('done');
      const secrets = (await world.needs.enrolments.of(session.account)).enrolments.map(({ secret }) => secret);
      expect(secrets).to.not.deep.equal(before.map(({ secret }) => secret));
      expect((await own.show(session))?.codesLeft).to.equal(6);
    });

    it('waits for a proof of now', async () => {
      const session = await signedIn('bram', 'MOLEN');
      world.clock.advance(5 * MINUTE + 1);
      const sitting = new Sitting(world.signIn, { session, adding: 'sms', provedWithin: 5 * MINUTE });
      expect((await sitting.look()).step).to.include({ at: 'prove', factor: 'totp' });
      expect((await sitting.code(appCode(world.clock))).step).to.include({ at: 'enrol', factor: 'sms' });
    });
  });
}
