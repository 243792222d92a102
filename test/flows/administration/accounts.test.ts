import { expect } from 'chai';
import type { z } from 'zod';
import { changeAccount } from '../../../src/flows/administration/accounts/change.ts';
import { createAccount } from '../../../src/flows/administration/accounts/create.ts';
import { endSessionsOf } from '../../../src/flows/administration/accounts/end-sessions.ts';
import { eraseAccount } from '../../../src/flows/administration/accounts/erase.ts';
import { exportAccount } from '../../../src/flows/administration/accounts/export.ts';
import { inviteAccount } from '../../../src/flows/administration/accounts/invite.ts';
import { liftBlock } from '../../../src/flows/administration/accounts/lift-block.ts';
import { listAccounts } from '../../../src/flows/administration/accounts/list.ts';
import { removePhone } from '../../../src/flows/administration/accounts/remove-phone.ts';
import { setPhone } from '../../../src/flows/administration/accounts/set-phone.ts';
import { showAccount } from '../../../src/flows/administration/accounts/show.ts';
import { startPasswordReset } from '../../../src/flows/administration/accounts/start-password-reset.ts';
import type { Act } from '../../../src/flows/administration/act.ts';
import { type Actor, commandLine, personActor } from '../../../src/flows/administration/actor.ts';
import { Refusal } from '../../../src/flows/administration/refusal.ts';
import { linkAddressOf } from '../../../src/flows/mail/addressee.ts';
import { Phones } from '../../support/phones.ts';
import { PASSWORD, TOTP_KEY } from '../../support/seed.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const HOUR = 3_600_000;

const lines = [
  { type: 'organization', id: 'noord', code: 'NOORD', name: 'Noord' },
  { type: 'organization', id: 'zuid', code: 'ZUID', name: 'Zuid' },
  { type: 'account', id: 'boss', username: 'boss', roles: ['administrator'] },
  { type: 'account', id: 'lead', organization: 'noord', username: 'lead', roles: ['superuser'] },
  {
    type: 'account',
    id: 'anna',
    organization: 'noord',
    username: 'anna',
    name: 'Anna Jansen',
    email: 'anna@example.org',
    emailVerified: true,
    password: PASSWORD,
    phoneNumber: '+31612345678',
    phoneNumberVerified: true,
  },
  {
    type: 'account',
    id: 'tom',
    organization: 'noord',
    username: 'tom',
    password: PASSWORD,
    factors: { totp: { key: TOTP_KEY } },
  },
];

for (const pair of pairs) {
  describe(`looking after accounts, on ${pair}`, () => {
    let world: World;
    let lead: Actor;

    beforeEach(async () => {
      world = await openWorld(pair, { lines, smsGateway: new Phones(), settings: { methods: ['totp', 'sms'] } });
      const account = await world.stores.accounts.byId('lead');
      const actor = account && personActor(account, true, { address: '192.0.2.7', requestId: 'r1' });
      if (actor === undefined) throw new Error('nobody leads');
      lead = actor;
    });
    afterEach(() => world.close());

    const does = <Input extends z.ZodType, Output extends z.ZodType>(
      act: Act<Input, Output>,
      given: object,
      actor = lead,
    ) => world.administration.perform(act, { actor, given });
    /** The code, and the fields at fault with their reasons. */
    const refused = (act: Act, given: object, actor = lead) =>
      does(act, given, actor).then(
        () => 'done',
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          return [error.code, ...error.faults.map(({ field, reason }) => `${field} ${reason}`)].join(' ');
        },
      );
    const find = async (id: string) => {
      const found = await world.stores.accountDirectory.find(id);
      if (found === undefined) throw new Error(`${id} is not there`);
      return found;
    };
    const change = async (id: string, given: object, actor = lead) =>
      does(changeAccount, { id, version: (await find(id)).version, ...given }, actor);
    const refusedChange = async (id: string, given: object, actor = lead) =>
      refused(changeAccount, { id, version: (await find(id)).version, ...given }, actor);

    describe('a new one', () => {
      const kees = { username: 'kees', organization: 'noord', invite: 'none' };

      it('is invited by a link that is told once, or by mail', async () => {
        const { account, link } = await does(createAccount, {
          ...kees,
          invite: 'link',
          roles: ['accountant', 'accountant'],
        });
        expect(account).to.deep.include({ username: 'kees', roles: ['accountant'], emailVerified: false, version: 1 });
        expect(link?.url).to.match(/^http:\/\/localhost:3999\/password\?token=[\w-]{43}$/);
        const mailed = await does(createAccount, {
          ...kees,
          username: 'mia',
          email: 'mia@example.org',
          invite: 'mail',
        });
        expect(mailed.link).to.equal(null);
        const now = world.clock.now();
        const [mail] = await world.stores.mailQueue.lease(now, now + 1, 9);
        expect(mail?.errand).to.deep.equal({ kind: 'invitation', account: mailed.account.id });
        const types = (await world.auditRows()).map(({ type }) => type);
        expect(types.slice(-4)).to.deep.equal([
          'account.created',
          'account.invited',
          'account.created',
          'account.invited',
        ]);
      });

      it('is nobody when something is wrong', async () => {
        expect(await refused(createAccount, { ...kees, username: ' ANNA' })).to.equal('taken username taken');
        expect(await refused(createAccount, { ...kees, organization: 'zuid' })).to.equal('not-found');
        expect(await refused(createAccount, { ...kees, organization: null })).to.equal('not-found');
        expect(await refused(createAccount, { ...kees, organization: 'nowhere' }, commandLine)).to.equal('not-found');
        expect(await refused(createAccount, { ...kees, roles: ['administrator'] })).to.equal('forbidden');
        expect(await refused(createAccount, { ...kees, roles: ['king'] })).to.match(/^invalid roles/);
        expect(await refused(createAccount, { ...kees, invite: 'mail' })).to.equal('invalid invite no-address');
        expect(await refused(createAccount, { ...kees, email: 'k@example.org', invite: 'link' })).to.equal(
          'invalid invite has-address',
        );
        for (const field of ['id', 'epoch', 'emailVerified', 'passwordHash', 'version']) {
          expect(await refused(createAccount, { ...kees, [field]: 1 }), field).to.equal(
            `invalid ${field} unknown-field`,
          );
        }
        expect((await does(listAccounts, { prefix: 'kees' })).items).to.deep.equal([]);
      });
    });

    it('nobody chooses a password for somebody who has one', async () => {
      for (const by of ['link', 'mail'])
        expect(await refused(inviteAccount, { id: 'anna', by })).to.equal('not-possible');
      expect(await refused(inviteAccount, { id: 'anna', by: 'link' }, commandLine)).to.equal('not-possible');
      await does(startPasswordReset, { id: 'anna' });
      expect(await refused(startPasswordReset, { id: 'tom' }), 'has no address').to.equal('not-possible');
      expect(await refusedChange('anna', { password: 'a new one' })).to.equal('invalid password unknown-field');
    });

    describe('a change', () => {
      it('is of the version that was seen, and says what was and what is', async () => {
        const shown = await does(showAccount, { id: 'anna' });
        const changed = await change('anna', { familyName: 'de Vries', name: null, locale: 'nl', groups: ['sales'] });
        expect(changed).to.deep.include({
          familyName: 'de Vries',
          name: null,
          locale: 'nl',
          version: shown.version + 1,
        });
        expect(await refused(changeAccount, { id: 'anna', version: shown.version, name: 'Ann' })).to.equal('changed');
        const row = (await world.auditRows()).find(({ type }) => type === 'account.changed');
        expect(row).to.deep.include({ account: 'anna', actor: 'lead', organization: 'noord', address: '192.0.2.7' });
        expect(JSON.stringify(row)).to.include('Anna Jansen').and.to.include('de Vries');
      });

      it('cannot move somebody, unless an administrator does it, and ends what was signed in', async () => {
        expect(await refusedChange('anna', { organization: 'zuid' })).to.equal('forbidden');
        expect(await refusedChange('anna', { organization: null })).to.equal('forbidden');
        const { epoch } = (await find('anna')).value;
        expect((await change('anna', { organization: 'zuid' }, commandLine)).organization).to.equal('zuid');
        expect((await find('anna')).value.epoch).to.equal(epoch + 1);
        expect(await refused(showAccount, { id: 'anna' })).to.equal('not-found');
      });

      it('cannot grant a role above its own, nor leave nobody in one', async () => {
        expect(await refusedChange('anna', { roles: ['administrator'] })).to.equal('forbidden');
        expect(await refusedChange('lead', { roles: ['administrator', 'superuser'] })).to.equal('forbidden');
        for (const given of [{ roles: [] }, { disabled: true }]) {
          expect(await refusedChange('lead', given)).to.equal('last-superuser');
          expect(await refusedChange('boss', given, commandLine)).to.equal('last-administrator');
        }
        expect(await refusedChange('lead', { organization: 'zuid' }, commandLine)).to.equal('last-superuser');
        await change('anna', { roles: ['superuser', 'accountant'] });
        expect((await change('lead', { roles: [] })).roles).to.deep.equal([]);
        expect(await refusedChange('anna', { disabled: true }, commandLine)).to.equal('last-superuser');
      });

      it('of two administrators who take the role from each other at once is one', async () => {
        await change('tom', { roles: ['administrator'] }, commandLine);
        const outcomes = await Promise.all(['boss', 'tom'].map((id) => refusedChange(id, { roles: [] }, commandLine)));
        expect(outcomes.sort()).to.deep.equal(['done', 'last-administrator']);
      });

      it('that disables somebody ends what was signed in', async () => {
        const { epoch } = (await find('anna')).value;
        await change('anna', { disabled: true });
        expect((await find('anna')).value.epoch).to.equal(epoch + 1);
        await change('anna', { disabled: false });
        expect((await find('anna')).value.epoch).to.equal(epoch + 1);
      });
    });

    describe('another e-mail address', () => {
      /** Where a link to a new password would go. */
      const goesTo = async () => linkAddressOf((await find('anna')).value, world.clock.now());

      it('is unconfirmed, and the old one counts for 72 hours', async () => {
        const { epoch } = (await find('anna')).value;
        expect(await change('anna', { email: 'other@example.net' })).to.deep.include({ emailVerified: false });
        expect((await find('anna')).value.epoch).to.equal(epoch + 1);
        world.clock.advance(72 * HOUR - 1);
        expect(await goesTo()).to.equal('anna@example.org');
        world.clock.advance(1);
        expect(await goesTo()).to.equal('other@example.net');
      });

      it('does not come sooner in two steps, by way of none, or by a way back', async () => {
        const [owns, theirs] = ['anna@example.org', 'thief@example.net'];
        const ways = [
          [theirs, 'second@example.net'],
          [null, theirs],
          [theirs, owns, theirs],
          [theirs, null, owns, theirs],
        ];
        for (const way of ways) {
          for (const email of way) {
            world.clock.advance(HOUR);
            await change('anna', { email });
          }
          expect(await goesTo(), way.join()).to.equal(owns);
          world.clock.advance(71 * HOUR);
          expect(await goesTo(), way.join()).to.equal(owns);
          expect(await change('anna', { email: owns }), way.join()).to.deep.include({ emailVerified: true });
        }
        // Back for longer than that, and away again.
        await change('anna', { email: theirs });
        await change('anna', { email: owns });
        world.clock.advance(100 * HOUR);
        await change('anna', { email: theirs });
        expect(await goesTo()).to.equal(owns);
      });

      it('is found, and written down for its owner to be told', async () => {
        await change('anna', { email: 'other@example.net' });
        expect((await does(listAccounts, { prefix: 'other@' })).items.map(({ id }) => id)).to.deep.equal(['anna']);
        expect((await world.auditRows()).map(({ type }) => type)).to.include('account.email-entered');
      });
    });

    describe('a mobile number', () => {
      it('that was confirmed gives way to one that is not, and something must be set up anew', async () => {
        expect((await does(showAccount, { id: 'anna' })).standing.phone).to.deep.equal({
          masked: '+31 6 •••• ••78',
          confirmed: true,
        });
        const before = await world.stores.enrolments.of('anna');
        const { phone } = await does(setPhone, { id: 'anna', number: '06 87654321', country: 'NL' });
        expect(phone).to.deep.equal({ masked: '+31 6 •••• ••21', confirmed: false });
        const after = await world.stores.enrolments.of('anna');
        expect(after).to.deep.include({ epoch: before.epoch + 1, everHeld: true, toSetUp: true, enrolments: [] });
        await does(setPhone, { id: 'anna', number: '+31611111111' });
        expect((await world.stores.enrolments.of('anna')).provisional).to.have.length(1);
        await does(removePhone, { id: 'anna' });
        expect((await does(showAccount, { id: 'anna' })).standing.phone).to.equal(null);
        expect(JSON.stringify(await world.auditRows())).to.not.match(/87654321|11111111|12345678/);
      });

      it('beside another factor ends nothing of it', async () => {
        const before = await world.stores.enrolments.of('tom');
        await does(setPhone, { id: 'tom', number: '+31687654321' });
        const after = await world.stores.enrolments.of('tom');
        expect(after).to.deep.include({ epoch: before.epoch, toSetUp: false });
        expect(after.enrolments).to.have.length(1);
      });

      it('is refused with what is wrong with it', async () => {
        const faults = { '': 'missing', '06': 'no-country', '+31201234567': 'fixed', abc: 'letters' };
        for (const [number, fault] of Object.entries(faults)) {
          expect(await refused(setPhone, { id: 'anna', number })).to.equal(`invalid number number-${fault}`);
        }
      });
    });

    it('a block is lifted, and a factor that was switched off stays so', async () => {
      const { lockouts, enrolments } = world.stores;
      const [app] = (await enrolments.of('tom')).enrolments;
      await enrolments.fail(app?.id ?? '', 1, world.clock.now());
      while ((await lockouts.spend('tom')).granted);
      const { blockedUntil, factors } = (await does(showAccount, { id: 'tom' })).standing;
      expect([typeof blockedUntil, factors[0]?.switchedOff]).to.deep.equal(['number', true]);
      await does(liftBlock, { id: 'tom' });
      const { standing } = await does(showAccount, { id: 'tom' });
      expect([standing.blockedUntil, standing.factors[0]?.switchedOff]).to.deep.equal([null, true]);
    });

    it('signing somebody out leaves what they hold', async () => {
      const before = await world.stores.enrolments.of('tom');
      await does(endSessionsOf, { id: 'tom' });
      const after = await world.stores.enrolments.of('tom');
      expect(after.epoch).to.equal(before.epoch + 1);
      expect(after.enrolments).to.have.length(1);
    });

    it('what is kept about somebody is handed over, and erased by an administrator alone', async () => {
      const data = JSON.stringify(await does(exportAccount, { id: 'anna' }));
      expect(data).to.include('Anna Jansen').and.to.not.include('+31612345678');
      const { version } = await find('anna');
      expect(await refused(eraseAccount, { id: 'anna', version })).to.equal('forbidden');
      expect(await refused(eraseAccount, { id: 'anna', version: version + 1 }, commandLine)).to.equal('changed');
      expect(await refused(eraseAccount, { id: 'boss', version: 1 }, commandLine)).to.equal('last-administrator');
      await does(eraseAccount, { id: 'anna', version }, commandLine);
      expect(await refused(showAccount, { id: 'anna' })).to.equal('not-found');
      expect((await does(listAccounts, { prefix: 'anna' })).items).to.deep.equal([]);
    });

    it('a list is of whom the actor reaches', async () => {
      const ids = async (given: object, actor = lead) =>
        (await does(listAccounts, given, actor)).items.map(({ id }) => id);
      expect(await ids({})).to.deep.equal(['anna', 'lead', 'tom']);
      expect(await refused(listAccounts, { organization: 'zuid' })).to.equal('not-found');
      expect(await refused(listAccounts, { organization: null })).to.equal('not-found');
      expect(await ids({ organization: null }, commandLine)).to.deep.equal(['boss']);
      expect(await ids({ prefix: 'jans' }, commandLine)).to.deep.equal(['anna']);
    });
  });
}
