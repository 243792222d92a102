import { expect } from 'chai';
import { createAccountPage } from '../../../src/flows/account/index.ts';
import { appCode } from '../../support/codes.ts';
import { PASSWORD } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';
import { changedBy, needsOf, owning, sessionOf } from './owning.ts';

const MINUTE = 60_000;

for (const pair of pairs) {
  describe(`one's own account, on ${pair}`, () => {
    let world: World;
    beforeEach(async () => {
      world = await openWorld(pair);
    });
    afterEach(() => world.close());

    async function bram() {
      const sitting = new Sitting(world.signIn);
      await sitting.password('bram', 'MOLEN');
      await sitting.code(appCode(world.clock));
      return sessionOf(await sitting.answer({ kept: 'on' }));
    }

    it('lets changes be made for five minutes after the second factor, and be looked at after that', async () => {
      const page = createAccountPage(needsOf(world));
      const session = await bram();
      expect(await page.admits(session, true)).to.equal(true);
      world.clock.advance(5 * MINUTE);
      expect(await page.admits(session, true), 'to the moment').to.equal(true);
      world.clock.advance(1);
      expect(await page.admits(session, true)).to.equal(false);
      expect(await page.admits(session, false)).to.equal(true);
    });

    it('takes the password of who has no second factor for a proof, no longer', async () => {
      const page = createAccountPage(needsOf(world));
      const session = sessionOf(await new Sitting(world.signIn).password('mila', 'MOLEN'));
      expect(await page.admits(session, true)).to.equal(true);
      world.clock.advance(5 * MINUTE + 1);
      expect(await page.admits(session, true)).to.equal(false);
    });

    it('is closed to a session of the password alone of who has a factor, and to one that is no longer good', async () => {
      const page = createAccountPage(needsOf(world));
      const session = await bram();
      expect(await page.admits({ ...session, proofs: session.proofs.slice(0, 1) }, false)).to.equal(false);
      expect(await page.admits({ ...session, epoch: '7.7' }, false)).to.equal(false);
    });

    it('keeps the language that somebody chooses, and writes it down', async () => {
      const page = createAccountPage(needsOf(world));
      const session = await bram();
      expect(await page.chooseLanguage?.(owning(session), 'nl')).to.deep.equal({ ok: true });
      expect((await page.show(session)).account.locale).to.equal('nl');
      expect(await changedBy(world, session)).to.deep.equal(['account.language-changed']);
      expect(await page.chooseLanguage?.(owning({ ...session, epoch: '7.7' }), 'en')).to.deep.equal({
        ok: false,
        reason: 'unproved',
      });
    });

    describe('signing out everywhere else', () => {
      it('ends every other session at once, in every process, and this one goes on', async () => {
        const page = createAccountPage(needsOf(world));
        const here = await bram();
        world.clock.advance(MINUTE);
        const sitting = new Sitting(world.signIn);
        await sitting.password('bram', 'MOLEN');
        const there = sessionOf(await sitting.code(appCode(world.clock)));
        const outcome = await page.endOthers(owning(here));
        expect(outcome).to.deep.equal({ ok: true, epoch: '0.1' });
        const second = await world.again();
        const others = [
          page,
          ...(pair === 'PostgreSQL and Redis' ? [createAccountPage(needsOf({ ...world, ...second }))] : []),
        ];
        for (const process of others) {
          expect(await process.admits(there, false)).to.equal(false);
          expect(await process.admits(here, false), 'until it carries the new epoch').to.equal(false);
          expect(await process.admits({ ...here, epoch: '0.1' }, false)).to.equal(true);
        }
        await second.close();
        expect(await changedBy(world, here)).to.deep.equal(['account.sessions-ended']);
        expect((await world.needs.enrolments.of(here.account)).enrolments, 'nothing else went').to.have.length(2);
      });

      it('takes a proof of now', async () => {
        const page = createAccountPage(needsOf(world));
        const session = await bram();
        world.clock.advance(5 * MINUTE + 1);
        expect(await page.endOthers(owning(session))).to.deep.equal({ ok: false, reason: 'unproved' });
        expect(await page.admits(session, false)).to.equal(true);
      });
    });

    describe('another password', () => {
      const strong = 'mosterd lantaarn 47 vioolkist';

      it('takes the one of before, ends what else was signed in, and this session goes on', async () => {
        const page = createAccountPage(needsOf(world));
        const session = await bram();
        const change = (old: string, password: string, by = session) =>
          page.changePassword?.(owning(by), { old, password });
        expect(await change('not it', strong)).to.deep.equal({ problem: 'wrong' });
        expect(await change(PASSWORD, 'short')).to.deep.equal({ problem: 'too-short' });
        expect(await change(PASSWORD, 'passwordpassword')).to.deep.equal({ problem: 'weak' });
        expect(await page.admits(session, false)).to.equal(true);
        expect(await change(PASSWORD, strong)).to.deep.equal({ ok: true, epoch: '1.0' });
        expect(await page.admits(session, false)).to.equal(false);
        expect(await page.admits({ ...session, epoch: '1.0' }, true)).to.equal(true);
        expect(await changedBy(world, session)).to.deep.equal(['password.changed']);
        expect((await new Sitting(world.signIn).password('bram', 'MOLEN', strong)).step.at).to.equal('prove');
        expect((await new Sitting(world.signIn).password('bram', 'MOLEN')).step.at).to.equal('identify');
      });

      it('slows down who guesses the one of before, and takes a proof of now', async () => {
        const page = createAccountPage(needsOf(world));
        const session = await bram();
        const guess = () => page.changePassword?.(owning(session), { old: 'a guess', password: strong });
        for (let tries = 0; tries < 5; tries += 1) expect(await guess()).to.deep.equal({ problem: 'wrong' });
        expect(await guess()).to.include({ problem: 'throttled' });
        world.clock.advance(5 * MINUTE + 1);
        expect(await guess()).to.deep.equal({ ok: false, reason: 'unproved' });
      });
    });

    it('tells what happened, a page at a time, the latest first, and nothing of anybody else', async () => {
      const page = createAccountPage(needsOf(world));
      const session = await bram();
      await new Sitting(world.signIn).password('mila', 'MOLEN');
      for (const locale of ['nl', 'en', 'nl'] as const) await page.chooseLanguage?.(owning(session), locale);
      const { events, before } = await page.activity(session);
      expect(events.map(({ type }) => type)).to.deep.equal([
        ...Array(3).fill('account.language-changed'),
        'sign-in.finished',
        'factor.enrolled',
      ]);
      expect(events[3]).to.include({ client: 'Invoices', address: '192.0.2.1' });
      expect(before).to.equal(undefined);
      const noise = Array.from({ length: 41 }, (_, index) => ({
        at: world.clock.now() + index + 1,
        type: 'factor.wrong',
        account: session.account,
      }));
      await world.needs.audit.append(noise);
      const seen: number[] = [];
      for (let next: string | undefined, pages = 0; pages < 5; pages += 1) {
        const { events: some, before: rest } = await page.activity(session, next);
        seen.push(...some.map(({ at }) => at));
        next = rest;
        if (next === undefined) break;
      }
      expect(seen).to.have.length(46);
      expect(seen).to.deep.equal([...seen].sort((one, other) => other - one));
    });

    it('has no choice of language where the account source keeps none', () => {
      const { byId } = world.needs.accounts;
      const foreign = { byId: byId.bind(world.needs.accounts) };
      expect(createAccountPage({ ...needsOf(world), accounts: foreign })).to.not.have.property('chooseLanguage');
    });
  });
}
