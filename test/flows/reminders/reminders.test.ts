import { expect } from 'chai';
import { letterFor } from '../../../src/flows/password/letter-for.ts';
import { createRemind } from '../../../src/flows/reminders/index.ts';
import { PASSWORD, TOTP_KEY } from '../../support/seed.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const DAY = 24 * 3_600_000;

const person = (username: string, more: object = {}) => ({
  type: 'account',
  id: username,
  organization: 'DEVRIES',
  username,
  password: PASSWORD,
  email: `${username}@devries.example`,
  emailVerified: true,
  ...more,
});

for (const pair of pairs) {
  describe(`reminders of a date on ${pair}`, () => {
    let world: World;

    beforeEach(async () => {
      world = await openWorld(pair, {
        lines: [
          person('anna', { locale: 'nl', name: 'Anna Visser' }),
          person('has-app', { factors: { totp: { key: TOTP_KEY } } }),
          person('disabled', { disabled: true }),
          person('unconfirmed', { emailVerified: false }),
          person('elsewhere', { organization: 'MOLEN' }),
        ],
      });
    });
    afterEach(() => world.close());

    const remindOn = (stores: World['stores']) =>
      createRemind({ reminders: stores.reminders, clock: world.clock, language: 'en' });
    const untilIdle = async (remind: () => Promise<number>) => {
      while ((await remind()) > 0);
    };
    const letters = async () => {
      const { mailQueue } = world.stores;
      const now = world.clock.now();
      const mails = await mailQueue.lease(now, now + 1, 1_000);
      for (const mail of mails) await mailQueue.remove(mail);
      return mails.flatMap(({ errand }) => (errand?.kind === 'reminder' ? [errand.letter] : []));
    };
    /** Who was told, and of what, by a process that looks now. */
    const told = async () => {
      await untilIdle(remindOn(world.stores));
      return (await letters()).map(({ name, to }) => `${name} ${to.replace(/@.*/, '')}`).sort();
    };
    const both = (name: string) => [`second-factor-${name} anna`, `second-factor-${name} noor`];
    const decide = async (from: number | undefined, required = true) => {
      const { organizationDirectory } = world.stores;
      const id = (await world.stores.organizations.byCode('DEVRIES'))?.id ?? '';
      const kept = await organizationDirectory.find(id);
      if (kept === undefined) throw new Error('expected an office');
      const { secondFactorFrom: _, ...office } = kept.value;
      const changed = {
        ...office,
        secondFactorRequired: required,
        ...(from !== undefined && { secondFactorFrom: from }),
      };
      expect(await organizationDirectory.replace(changed, kept.version)).to.equal('replaced');
    };
    const inDays = (days: number) => world.clock.now() + days * DAY;

    it('go to people without a factor whose address is confirmed, in their language', async () => {
      const from = inDays(30);
      await decide(from);
      await untilIdle(remindOn(world.stores));
      const sent = await letters();
      expect(sent.map(({ to }) => to)).to.have.members(['anna@devries.example', 'noor@devries.example']);
      expect(sent.find(({ account }) => account === 'anna')).to.deep.equal({
        name: 'second-factor-announced',
        account: 'anna',
        to: 'anna@devries.example',
        locale: 'nl',
        link: '/account/methods',
        values: { person: 'Anna Visser', username: 'anna', from, organization: 'Kantoor De Vries' },
      });
    });

    it('go out when the date is set, once more in its last three days, and never after it', async () => {
      expect(await told()).to.deep.equal([]);
      await decide(inDays(30));
      expect(await told()).to.deep.equal(both('announced'));
      expect(await told()).to.deep.equal([]);
      world.clock.advance(27 * DAY - 1);
      expect(await told()).to.deep.equal([]);
      world.clock.advance(1);
      expect(await told()).to.deep.equal(both('soon'));
      world.clock.advance(2 * DAY);
      expect(await told()).to.deep.equal([]);
      await decide(world.clock.now());
      expect(await told()).to.deep.equal([]);
    });

    it('say nothing to somebody who was disabled, or erased, while they waited', async () => {
      await decide(inDays(30));
      await untilIdle(remindOn(world.stores));
      const { accountDirectory, personalRecords, mailQueue, accounts } = world.stores;
      const kept = await accountDirectory.find('anna');
      if (kept === undefined) throw new Error('expected anna');
      const passwordNeeds = {
        ...world.needs,
        ...world.stores,
        accounts,
        settings: { officeCode: 'automatic', siteName: 'Sluis' },
      } as const;
      const due = async () => {
        const mails = await mailQueue.lease(world.clock.now(), world.clock.now() + 1, 10);
        world.clock.advance(1);
        const letters = mails.map(
          ({ errand }) => errand && letterFor(passwordNeeds, errand, { language: 'en', attempts: 1 }),
        );
        return (await Promise.all(letters)).flatMap((letter) => letter?.to.replace(/@.*/, '') ?? []).sort();
      };
      expect(await due()).to.deep.equal(['anna', 'noor']);
      await accountDirectory.replace({ ...kept.value, disabled: true }, kept.version, []);
      expect(await due()).to.deep.equal(['noor']);
      const { id = '' } = (await accounts.byName('noor')) ?? {};
      await personalRecords.erase(id, world.clock.now(), []);
      expect(await due()).to.deep.equal([]);
    });

    it('go out once for a date within three days', async () => {
      await decide(inDays(2));
      expect(await told()).to.deep.equal(both('soon'));
      world.clock.advance(DAY);
      expect(await told()).to.deep.equal([]);
    });

    it('go out again for a date that was moved, and not for one that was told before', async () => {
      const former = inDays(30);
      await decide(former);
      expect(await told()).to.deep.equal(both('announced'));
      await decide(inDays(60));
      expect(await told()).to.deep.equal(both('announced'));
      await decide(former);
      expect(await told()).to.deep.equal([]);
    });

    it('do not go out where it was switched off meanwhile', async () => {
      const from = inDays(30);
      await decide(from, false);
      expect(await told()).to.deep.equal([]);
      await decide(from);
      expect(await told()).to.deep.equal(both('announced'));
      await decide(undefined, false);
      world.clock.advance(28 * DAY);
      expect(await told()).to.deep.equal([]);
    });

    it('go to each of many once, however many processes are at it', async () => {
      const second = await world.again();
      try {
        const names = Array.from({ length: 230 }, (_, index) => `many-${String(index).padStart(3, '0')}`);
        const { id: organization = '' } = (await world.stores.organizations.byCode('DEVRIES')) ?? {};
        for (const name of names) {
          await world.stores.accountDirectory.add({
            id: name,
            organization,
            username: name,
            disabled: false,
            epoch: 0,
            secondFactorRequired: false,
            roles: [],
            groups: [],
            profile: { email: `${name}@devries.example`, emailVerified: true },
          });
        }
        await decide(inDays(30));
        const processes = [world.stores, second.stores, world.stores, second.stores].map(remindOn);
        expect(await processes[0]?.(), 'a part at a time').to.be.within(1, 100);
        // Somebody who is slower queues nothing in that run, though there may be more to do.
        for (let run = 0; run < 4; run += 1) await Promise.all(processes.map((remind) => remind()));
        const accounts = (await letters()).map(({ to }) => to.replace(/@.*/, ''));
        expect(accounts).to.have.members([...names, 'anna', 'noor']);
        expect(await told()).to.deep.equal([]);
      } finally {
        await second.close();
      }
    });
  });
}
