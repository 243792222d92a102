import { expect } from 'chai';
import { createAccountPage } from '../../../src/flows/account/index.ts';
import { appCode } from '../../support/codes.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';
import { changedBy, owning, sessionOf } from './owning.ts';

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
      const page = createAccountPage(world.needs);
      const session = await bram();
      expect(await page.admits(session, true)).to.equal(true);
      world.clock.advance(5 * MINUTE);
      expect(await page.admits(session, true), 'to the moment').to.equal(true);
      world.clock.advance(1);
      expect(await page.admits(session, true)).to.equal(false);
      expect(await page.admits(session, false)).to.equal(true);
    });

    it('takes the password of who has no second factor for a proof, no longer', async () => {
      const page = createAccountPage(world.needs);
      const session = sessionOf(await new Sitting(world.signIn).password('mila', 'MOLEN'));
      expect(await page.admits(session, true)).to.equal(true);
      world.clock.advance(5 * MINUTE + 1);
      expect(await page.admits(session, true)).to.equal(false);
    });

    it('is closed to a session of the password alone of who has a factor, and to one that is no longer good', async () => {
      const page = createAccountPage(world.needs);
      const session = await bram();
      expect(await page.admits({ ...session, proofs: session.proofs.slice(0, 1) }, false)).to.equal(false);
      expect(await page.admits({ ...session, epoch: '7.7' }, false)).to.equal(false);
    });

    it('keeps the language that somebody chooses, and writes it down', async () => {
      const page = createAccountPage(world.needs);
      const session = await bram();
      expect(await page.chooseLanguage?.(owning(session), 'nl')).to.deep.equal({ ok: true });
      expect((await page.show(session)).account.locale).to.equal('nl');
      expect(await changedBy(world, session)).to.deep.equal(['account.language-changed']);
      expect(await page.chooseLanguage?.(owning({ ...session, epoch: '7.7' }), 'en')).to.deep.equal({
        ok: false,
        reason: 'unproved',
      });
    });

    it('has no choice of language where the account source keeps none', () => {
      const { byId } = world.needs.accounts;
      const foreign = { byId: byId.bind(world.needs.accounts) };
      expect(createAccountPage({ ...world.needs, accounts: foreign })).to.not.have.property('chooseLanguage');
    });
  });
}
