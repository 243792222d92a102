import { expect } from 'chai';
import { createAccountPage } from '../../../src/flows/account/index.ts';
import { pairs, type World } from '../../support/world.ts';
import { Browser, openOffice } from '../devices/remembering.ts';
import { changedBy, needsOf, owning, sessionOf } from './owning.ts';

const MINUTE = 60_000;

for (const pair of pairs) {
  describe(`one's own remembered devices, on ${pair}`, () => {
    let world: World;
    let browser: Browser;
    beforeEach(async () => {
      world = await openOffice(pair);
      browser = new Browser(world);
    });
    afterEach(() => world.close());

    it('are listed, the last used first, with this one marked', async () => {
      const page = createAccountPage(needsOf(world));
      await browser.remember('lotte');
      const other = new Browser(world);
      const session = sessionOf(await other.remember('lotte'));
      const now = world.clock.now();
      const shown = await page.devices(owning(session), browser.devices);
      expect(shown?.map(({ here }) => here)).to.deep.equal([false, true]);
      const { id: _, ...first } = shown?.[0] ?? { id: '' };
      expect(first).to.deep.equal({
        device: { browser: 'Firefox' },
        address: '192.0.2.1',
        rememberedAt: now,
        usedAt: now,
        until: now + 30 * 24 * 3_600_000,
        here: false,
      });
      expect(JSON.stringify(shown)).to.not.include(other.devices[0]);
    });

    it('are no part of the page where nobody may have any, nor shown once they are over', async () => {
      const page = createAccountPage(needsOf(world));
      const session = sessionOf(await browser.remember('lotte'));
      world.clock.advance(30 * 24 * 60 * MINUTE);
      expect(await page.devices(owning(session), browser.devices)).to.deep.equal([]);
      const kade = await world.stores.organizations.byId('kade');
      if (kade === undefined) throw new Error('was seeded');
      const { rememberedDevices: _, ...without } = kade;
      await world.stores.organizations.save(without);
      world.clock.advance(1_000);
      expect(await page.devices(owning(session), browser.devices)).to.equal(undefined);
    });

    it('are forgotten one by one or all at once, with a proof of now, and by their owner alone', async () => {
      const page = createAccountPage(needsOf(world));
      const others = [new Browser(world), new Browser(world)];
      for (const one of others) await one.remember('lotte');
      const joost = sessionOf(await new Browser(world).remember('joost'));
      const session = sessionOf(await browser.remember('lotte'));
      const list = async () => (await page.devices(owning(session), browser.devices)) ?? [];
      const [here, last] = await list();
      const unknown = { ok: false, reason: 'unknown' };
      expect(await page.forgetDevices(owning(joost), here?.id ?? ''), 'of somebody else').to.deep.equal(unknown);
      expect(await page.forgetDevices(owning(session), '')).to.deep.equal(unknown);
      expect(await page.forgetDevices(owning(session), last?.id ?? '')).to.deep.equal({ ok: true });
      expect((await list()).map(({ id }) => id))
        .to.have.length(2)
        .and.not.include(last?.id);
      expect((await (await others[1]?.arrive('lotte'))?.look())?.step.at).to.equal('prove');
      expect(await page.forgetDevices(owning(session))).to.deep.equal({ ok: true });
      expect(await list()).to.deep.equal([]);
      expect(await page.forgetDevices(owning(session))).to.deep.equal(unknown);
      expect((await (await browser.arrive('lotte')).look()).step.at).to.equal('prove');
      expect(await changedBy(world, session)).to.deep.equal(['device.forgotten', 'device.all-forgotten']);
      expect(await page.devices(owning(joost), []), 'nothing of anybody else').to.have.length(1);
      world.clock.advance(5 * MINUTE + 1);
      expect(await page.forgetDevices(owning(joost))).to.deep.equal({ ok: false, reason: 'unproved' });
    });

    it('open no page about the account to who leans on one', async () => {
      const page = createAccountPage(needsOf(world));
      await browser.remember('lotte');
      const { outcome } = await (await browser.arrive('lotte')).look();
      const { account, epoch, proofs, remembered = '' } = outcome ?? { account: '', epoch: '', proofs: [] };
      expect(remembered).to.not.equal('');
      const session = { account, epoch, proofs, remembered };
      expect(await page.admits(session, false)).to.equal(false);
      expect(await page.forgetDevices(owning(session))).to.deep.equal({ ok: false, reason: 'unproved' });
    });
  });
}
