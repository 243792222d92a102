import { expect } from 'chai';
import type { Organization } from '../../../src/domain/organization.ts';
import { isEnough } from '../../../src/flows/sign-in/assurance.ts';
import { throughWizard } from '../../support/codes.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const WEEK = 7 * 24 * 3_600_000;

for (const pair of pairs) {
  describe(`a time of grace (${pair})`, () => {
    let world: World;
    let from: number;

    beforeEach(async () => {
      world = await openWorld(pair);
      from = world.clock.now() + WEEK;
      await change({ secondFactorRequired: true, secondFactorFrom: from });
    });
    afterEach(() => world.close());

    async function change(fields: Partial<Organization>): Promise<void> {
      const { organizationDirectory: directory } = world.stores;
      const { items } = await directory.page({ limit: 1, prefix: 'molen' });
      const found = await directory.find(items[0]?.id ?? '');
      if (found === undefined) throw new Error('no office');
      await directory.replace({ ...found.value, ...fields }, found.version);
    }

    it('lets who has no factor in, tells when they must have one, and tells it once', async () => {
      const mila = new Sitting(world.signIn);
      const notice = await mila.password('mila', 'MOLEN');
      expect(notice.step).to.deep.equal({ at: 'announce', until: from });
      const { step, outcome } = await mila.answer({ act: 'later' });
      expect([step.at, outcome?.amr]).to.deep.equal(['done', ['pwd']]);
    });

    it('lets them set one up at once, through the wizard', async () => {
      const mila = new Sitting(world.signIn);
      await mila.password('mila', 'MOLEN');
      expect((await mila.answer({ act: 'answer' })).step.at).to.equal('introduce');
      await throughWizard(world.clock, mila);
      expect((await mila.look()).outcome?.amr).to.deep.equal(['pwd', 'otp', 'mfa']);
    });

    it('asks who has a factor for it, and tells them nothing', async () => {
      expect((await new Sitting(world.signIn).password('bram', 'MOLEN')).step.at).to.equal('prove');
    });

    it('lets a session go on until it is over, and not a moment longer', async () => {
      const mila = new Sitting(world.signIn);
      await mila.password('mila', 'MOLEN');
      const { outcome } = await mila.answer({ act: 'later' });
      if (outcome === undefined) throw new Error('not signed in');
      const { account, epoch, proofs } = outcome;
      const question = { client: 'web', acceptableAcrs: [], session: { account, epoch, proofs } };
      expect(await isEnough(world.needs, question)).to.equal(true);
      world.clock.advance(WEEK - 1);
      expect(await isEnough(world.needs, question)).to.equal(true);
      world.clock.advance(1);
      expect(await isEnough(world.needs, question)).to.equal(false);
      expect((await new Sitting(world.signIn).password('mila', 'MOLEN')).step.at).to.equal('introduce');
    });

    it('is seen by another process within a second', async () => {
      const other = await world.again();
      try {
        expect((await new Sitting(other.signIn).password('mila', 'MOLEN')).step.at).to.equal('announce');
        await change({ secondFactorFrom: world.clock.now() });
        world.clock.advance(1_000);
        expect((await new Sitting(other.signIn).password('mila', 'MOLEN')).step.at).to.equal('introduce');
      } finally {
        await other.close();
      }
    });
  });
}
