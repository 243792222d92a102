import { expect } from 'chai';
import { createAccountPage } from '../../../src/flows/account/index.ts';
import { appCode } from '../../support/codes.ts';
import { PASSWORD, TOTP_KEY } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';
import { changedBy, needsOf, owning, sessionOf } from '../account/owning.ts';

for (const pair of pairs) {
  describe(`a copy of somebody's own data, on ${pair}`, () => {
    let world: World;
    beforeEach(async () => {
      world = await openWorld(pair);
    });
    afterEach(() => world.close());

    it('has everything that is kept about them, and nothing that opens their account or is of others', async () => {
      const needs = needsOf(world);
      const page = createAccountPage(needs);
      const sitting = new Sitting(world.signIn);
      await sitting.password('bram', 'MOLEN');
      const shown = await sitting.code(appCode(world.clock));
      const { codes = [] } = Object(shown.show);
      const session = sessionOf(await sitting.answer({ kept: 'on' }));
      const staff = { account: session.account, actor: 'a-superuser', address: '203.0.113.9' };
      await world.needs.audit.append([{ at: world.clock.now(), type: 'permit.given', ...staff }]);
      await world.stores.emailChanges.put('digest', {
        account: session.account,
        epoch: 0,
        address: 'new@molen.example',
        session: null,
        until: world.clock.now() + 1,
      });

      const copy = await page.copyData(owning(session));
      if (!('data' in copy)) throw new Error('expected data');
      const { data } = copy;
      expect(data.account).to.include({ username: 'bram', name: 'Bram Mulder', pendingEmail: 'new@molen.example' });
      expect(data.organization).to.include({ code: 'MOLEN', name: 'Molen BV' });
      expect(data.factors.map(({ factor, left }) => [factor, left])).to.have.deep.members([
        ['totp', undefined],
        ['recovery-code', 6],
      ]);
      const types = data.activity.map(({ type }) => type);
      expect(types).to.include.members(['permit.given', 'sign-in.finished', 'factor.enrolled']);
      expect(data.activity.find(({ type }) => type === 'permit.given')).to.include({ byStaff: true });
      const text = JSON.stringify(data);
      expect(codes).to.have.length(6);
      for (const secret of [TOTP_KEY, PASSWORD, '$argon2', ...codes, 'a-superuser', '203.0.113.9', 'mila']) {
        expect(text.includes(String(secret)), String(secret)).to.equal(false);
      }
      expect(await changedBy(world, session)).to.deep.equal(['account.data-copied']);
      world.clock.advance(5 * 60_000 + 1);
      expect(await page.copyData(owning(session))).to.deep.equal({ ok: false, reason: 'unproved' });
    });

    it('has as much of what happened as there is, the latest first', async () => {
      const needs = needsOf(world);
      const mila = (await world.stores.accounts.byName('mila'))?.id ?? '';
      const many = Array.from({ length: 1_100 }, (_, at) => ({ at, type: `event.${at}`, account: mila }));
      for (let from = 0; from < many.length; from += 100) await world.needs.audit.append(many.slice(from, from + 100));
      const { activity = [] } = (await needs.gatherData(mila)) ?? {};
      expect(activity).to.have.length(1_100);
      expect(activity[0]).to.deep.equal({ at: '1970-01-01T00:00:01.099Z', type: 'event.1099' });
      expect(await needs.gatherData('nobody')).to.equal(undefined);
    });
  });
}
