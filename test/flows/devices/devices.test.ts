import { expect } from 'chai';
import { MFA, PHR, SFA } from '../../../src/domain/acr.ts';
import { isEnough } from '../../../src/flows/sign-in/assurance.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { throughWizard, wrongCode } from '../../support/codes.ts';
import { PASSWORD } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { pairs, type World } from '../../support/world.ts';
import { Browser, openOffice } from './remembering.ts';

const DAY = 24 * 3_600_000;

for (const pair of pairs) {
  describe(`remembered devices, on ${pair}`, () => {
    let world: World;
    let browser: Browser;
    let people = 0;
    let me: string;
    before(async () => {
      world = await openOffice(pair);
    });
    beforeEach(() => {
      browser = new Browser(world);
      me = newPerson();
    });
    after(() => world.close());

    const newPerson = () => `person-${people++}`;
    const idOf = async (username: string) => (await world.needs.accounts.byName(username, 'kade'))?.id ?? '';

    const stepAt = async (username: string, by = browser, request = {}) =>
      (await (await by.arrive(username, request)).look()).step.at;
    const change = async (policy: { rememberedDevices?: number }) => {
      const { rememberedDevices: _, ...kade } = (await world.stores.organizations.byId('kade')) ?? never();
      await world.stores.organizations.save({ ...kade, ...policy });
      // Until every process knows.
      world.clock.advance(1_000);
    };
    afterEach(async () => {
      if ((await world.stores.organizations.byId('kade'))?.rememberedDevices !== 30)
        await change({ rememberedDevices: 30 });
    });
    const sessionOf = ({ outcome }: Screen) => {
      const { account, epoch, proofs, remembered } = outcome ?? never();
      return { account, epoch, proofs, ...(remembered !== undefined && { remembered }) };
    };
    const enough = (screen: Screen, more = {}) =>
      isEnough(world.needs, { session: sessionOf(screen), client: 'web', acceptableAcrs: [], ...more });

    it('are offered with the second factor, and not asked for it until they end', async () => {
      const sitting = await browser.arrive(me);
      expect((await sitting.look()).rememberDays).to.equal(30);
      const first = await browser.prove(sitting, { device: 'on' });
      expect(first.outcome).to.deep.include({ acr: MFA, amr: ['pwd', 'otp', 'mfa'] });
      expect(first.outcome).to.not.have.property('remembered');
      expect(browser.devices).to.have.length(1);

      const again = await (await browser.arrive(me)).look();
      const [device] = await world.needs.devices.of(first.outcome?.account ?? '');
      expect(again.outcome, 'tells the truth').to.deep.include({ acr: SFA, amr: ['pwd'], remembered: device?.id });
      expect(again.outcome?.proofs).to.have.length(1);
      expect(device).to.include({ agent: 'Firefox/140.0', address: '192.0.2.1', lastUsedAt: world.clock.now() });
      expect(JSON.stringify(device)).to.not.include(browser.devices[0]);

      world.clock.advance(30 * DAY - 1);
      expect(await stepAt(me)).to.equal('done');
      world.clock.advance(1);
      expect(await stepAt(me)).to.equal('prove');
    });

    it('are written down: when one is remembered, and each sign-in that leans on it', async () => {
      const { outcome } = await browser.remember(me);
      await browser.arrive(me);
      const [device] = await world.needs.devices.of(outcome?.account ?? '');
      const rows = (await world.auditRows()) as readonly { type: string; account: string; details: string }[];
      const told = rows.filter(
        ({ type, account }) => account === outcome?.account && ['device.remembered', 'sign-in.finished'].includes(type),
      );
      expect(told.map(({ type, details }) => [type, JSON.parse(details)])).to.deep.equal([
        ['device.remembered', { device: device?.id, days: 30 }],
        ['sign-in.finished', { amr: 'pwd otp' }],
        ['sign-in.finished', { amr: 'pwd', device: device?.id }],
      ]);
    });

    describe('are not offered, and not made by who posts the box all the same,', () => {
      const post = async (sitting: Sitting, form: Record<string, string> = {}) => {
        expect((await sitting.look()).rememberDays).to.equal(undefined);
        await browser.prove(sitting, { device: 'on', ...form });
        expect(browser.devices).to.deep.equal([]);
      };

      it('where the organization has not switched them on', async () => {
        await change({});
        await post(await browser.arrive(me));
      });
      it('to people with a role', async () => post(await browser.arrive('anna')));
      it('where a request asks for a second factor, or for the person', async () => {
        await post(await browser.arrive(me, { acceptableAcrs: [MFA] }));
        await post(await browser.arrive(me, { inPerson: true }));
        await post(await browser.arrive(me, { provedWithin: 300_000 }));
      });
      it('for a recovery code', async () => {
        const sitting = await browser.arrive('pim');
        const { codes } = await throughWizard(world.clock, sitting);
        expect(sitting.devices, 'nor in the wizard').to.deep.equal([]);
        const next = await browser.arrive('pim');
        await next.answer({ act: 'choose', factor: 'recovery-code' });
        await post(next, { code: codes[0] ?? '' });
        expect((await next.look()).step.at).to.equal('done');
      });
      it('for a wrong code', async () => {
        const sitting = await browser.arrive(me);
        await browser.prove(sitting, { device: 'on', code: wrongCode(world.clock) });
        expect(browser.devices).to.deep.equal([]);
        expect((await sitting.look()).rememberDays).to.equal(30);
      });
    });

    describe('do not stand in', () => {
      beforeEach(() => browser.remember(me));

      it('where a request asks for a second factor, a strong one, or the person', async () => {
        for (const request of [
          { acceptableAcrs: [MFA] },
          { inPerson: true },
          { provedWithin: 300_000 },
          { adding: 'totp', inPerson: true },
        ]) {
          expect(await stepAt(me, browser, request), JSON.stringify(request)).to.equal('prove');
        }
        const strong = await stepAt(me, browser, { acceptableAcrs: [PHR, MFA] });
        expect(strong).to.equal('prove');
        expect(await stepAt(me, browser, { acceptableAcrs: [SFA, MFA] }), 'less is as good').to.equal('done');
      });
      it('where the client has a minimum', async () => {
        const web = (await world.stores.clients.byId('web')) ?? never();
        await world.stores.clients.save({ ...web, minimumAcr: MFA });
        world.clock.advance(1_000);
        expect(await stepAt(me)).to.equal('prove');
        await world.stores.clients.save(web);
        world.clock.advance(1_000);
        expect(await stepAt(me)).to.equal('done');
      });
      it('for another account, whose password the same person knows', async () => {
        const other = newPerson();
        expect(await stepAt(other)).to.equal('prove');
        await browser.remember(other);
        expect(browser.devices, 'both are remembered here').to.have.length(2);
        expect([await stepAt(other), await stepAt(me)]).to.deep.equal(['done', 'done']);
        const forged = new Browser(world);
        forged.devices = browser.devices.slice(1);
        expect([await stepAt(other, forged), await stepAt(me, forged)]).to.deep.equal(['prove', 'done']);
      });
      it('in another browser, or with a secret that was changed', async () => {
        const other = new Browser(world);
        expect(await stepAt(me, other)).to.equal('prove');
        const [secret = ''] = browser.devices;
        for (const forged of [secret.slice(1), `${secret}A`, secret.toLowerCase(), 'A'.repeat(43), '']) {
          other.devices = [forged];
          expect(await stepAt(me, other)).to.equal('prove');
        }
      });
      it('once they were forgotten, while others go on', async () => {
        const other = new Browser(world);
        const { outcome } = await other.remember(me);
        const [last] = await world.needs.devices.of(outcome?.account ?? '');
        expect(await world.needs.devices.remove(outcome?.account ?? '', [last?.id ?? ''])).to.equal(1);
        expect(await stepAt(me, other)).to.equal('prove');
        expect(await stepAt(me)).to.equal('done');
      });
      it('once the organization has switched them off, or lets them be remembered for fewer days', async () => {
        world.clock.advance(7 * DAY);
        expect(await stepAt(me)).to.equal('done');
        await change({ rememberedDevices: 7 });
        expect(await stepAt(me)).to.equal('prove');
        await change({ rememberedDevices: 8 });
        expect(await stepAt(me)).to.equal('done');
        await change({});
        expect(await stepAt(me)).to.equal('prove');
      });
      it('once the password changed, or the factors were reset', async () => {
        const account = await idOf(me);
        await world.stores.accounts.setPassword(account, PASSWORD);
        expect(await stepAt(me)).to.equal('prove');
        await browser.remember(me);
        expect(await stepAt(me)).to.equal('done');
        await world.needs.enrolments.reset(account);
        expect(await stepAt(me), 'needs a permit').to.equal('permit');
      });
      it('during a block, which wrong codes elsewhere brought about', async () => {
        const thief = await new Browser(world).arrive(me);
        for (let tries = 0; tries < 3; tries += 1) await thief.code(wrongCode(world.clock));
        expect(await stepAt(me)).to.equal('locked');
        world.clock.advance(15 * 60_000);
        expect(await stepAt(me)).to.equal('done');
      });
      it('in a sign-in that was begun before, once they were forgotten', async () => {
        const sitting = await browser.arrive(me);
        const { outcome } = await sitting.look();
        await world.needs.devices.remove(outcome?.account ?? '');
        expect((await sitting.look()).step.at).to.equal('prove');
      });
    });

    it('take the place of what was remembered in the same browser for the same person', async () => {
      await browser.remember(me);
      await change({ rememberedDevices: 1 });
      world.clock.advance(2 * DAY);
      const { outcome } = await browser.remember(me);
      expect(browser.devices).to.have.length(1);
      expect(await world.needs.devices.of(outcome?.account ?? '')).to.have.length(1);
    });

    it('bear any number of sign-ins at once', async () => {
      await browser.remember(me);
      const processes = pair === 'PostgreSQL and Redis' ? [world, await world.again()] : [world];
      const sitting = (signIn: World['signIn']) => new Sitting(signIn, {}, { devices: browser.devices });
      // As many as cost no time, in a browser of which nothing else is known.
      const all = Array.from({ length: 3 }, (_, index) =>
        sitting((processes[index % processes.length] ?? world).signIn).password(me, 'KADE'),
      );
      const steps = (await Promise.all(all)).map(({ step }) => step.at);
      if (processes[1] !== undefined) await processes[1].close();
      expect(steps).to.deep.equal(Array(3).fill('done'));
      expect(await stepAt(me)).to.equal('done');
    });

    describe('and a session that leans on one', () => {
      let screen: Screen;
      beforeEach(async () => {
        await browser.remember(me);
        screen = await (await browser.arrive(me)).look();
      });

      it('is enough for as long as the device is good, and asks for nothing again and again', async () => {
        expect(await enough(screen)).to.equal(true);
        expect(await enough(screen, { acceptableAcrs: [SFA, MFA] })).to.equal(true);
        for (const more of [{ acceptableAcrs: [MFA] }, { inPerson: true }, { provedWithin: 300_000 }]) {
          expect(await enough(screen, more), JSON.stringify(more)).to.equal(false);
        }
        await world.needs.devices.remove(screen.outcome?.account ?? '');
        expect(await enough(screen)).to.equal(false);
      });

      it('asks for what is missing, and no more, when the device is gone or more is asked', async () => {
        const session = sessionOf(screen);
        const wanting = new Sitting(world.signIn, { session, acceptableAcrs: [MFA] }, { devices: browser.devices });
        expect((await wanting.look()).step).to.include({ at: 'prove', factor: 'totp' });
        const stepped = await browser.prove(wanting);
        expect(stepped.outcome).to.deep.include({ acr: MFA, amr: ['pwd', 'otp', 'mfa'] });
        expect(stepped.outcome).to.not.have.property('remembered');
        await world.needs.devices.remove(session.account);
        expect(await enough(stepped), 'leans on it no more').to.equal(true);
        const bare = new Sitting(world.signIn, { session }, { devices: browser.devices });
        expect((await bare.look()).step.at).to.equal('prove');
      });

      it('is good in a browser that lost the cookie, for who does not begin anew', async () => {
        const session = sessionOf(screen);
        const sitting = new Sitting(world.signIn, { session });
        expect((await sitting.look()).step.at).to.equal('done');
        const anew = new Sitting(world.signIn, { session });
        await anew.answer({ act: 'restart' });
        expect((await anew.password(me, 'KADE')).step.at).to.equal('prove');
        const other = new Sitting(world.signIn, { session });
        await other.answer({ act: 'restart' });
        expect((await other.password(newPerson(), 'KADE')).step.at).to.equal('prove');
      });

      it('carries the device that another request for the same session found', async () => {
        const { remembered: _, ...session } = sessionOf(screen);
        expect(await enough({ ...screen, outcome: { ...(screen.outcome ?? never()), remembered: 'gone' } })).to.equal(
          false,
        );
        const sitting = new Sitting(world.signIn, { session }, { devices: browser.devices });
        const found = await sitting.look();
        expect(found.outcome?.remembered).to.equal(screen.outcome?.remembered);
        expect(await enough(found)).to.equal(true);
      });
    });
  });
}

function never(): never {
  throw new Error('was seeded');
}
