import { expect } from 'chai';
import { pino } from 'pino';
import { createMailOutbox, type MailOutbox } from '../../../src/delivery/mail/outbox.ts';
import type { BreachedPasswords, ForgottenPassword, Mailer } from '../../../src/domain/ports.ts';
import { Undelivered } from '../../../src/domain/undelivered.ts';
import { createSendDue } from '../../../src/flows/mail/send-due.ts';
import { choosePassword } from '../../../src/flows/password/choose.ts';
import { askForLink } from '../../../src/flows/password/forgotten.ts';
import { letterFor } from '../../../src/flows/password/letter-for.ts';
import { findLink } from '../../../src/flows/password/links.ts';
import type { PasswordNeeds } from '../../../src/flows/password/needs.ts';
import { isPermitted, permitsBrought } from '../../../src/flows/permits/holds.ts';
import { rejection } from '../../support/rejection.ts';
import { TOTP_KEY } from '../../support/seed.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OLD = 'correct horse battery';
const NEW = 'bloemkool fiets regen 7';
const visitor = { address: '192.0.2.1', requestId: 'test' };

const person = (username: string, more: object = {}) => ({
  type: 'account',
  organization: 'DEVRIES',
  username,
  id: username,
  password: OLD,
  email: `${username}@devries.example`,
  emailVerified: true,
  ...more,
});
const lines = [
  person('saar', { factors: { totp: { key: TOTP_KEY } } }),
  person('piet'),
  person('unread', { emailVerified: false }),
  person('broken', { email: undefined }),
  person('closed', { disabled: true }),
  { ...person('fresh', { emailVerified: false }), password: undefined },
];

for (const pair of pairs) {
  describe(`choosing a password by mail, on ${pair}`, () => {
    let world: World;
    let needs: PasswordNeeds;
    let outbox: MailOutbox;
    let ended: string[];
    let breached: string | undefined;

    beforeEach(async () => {
      world = await openWorld(pair, { lines });
      outbox = createMailOutbox(world.clock);
      ended = [];
      breached = undefined;
      const breachedPasswords: BreachedPasswords = { has: async (password) => password === breached };
      needs = {
        ...world.stores,
        clock: world.clock,
        breachedPasswords,
        async endSessions(account) {
          ended.push(account);
        },
        settings: { officeCode: 'automatic', siteName: 'Sluis' },
      };
    });
    afterEach(() => world.close());

    const asked = (name: string, more: Partial<ForgottenPassword> = {}) => ({
      name,
      office: 'devries',
      locale: 'en' as const,
      ...visitor,
      ...more,
    });
    const sender = (mailer: Mailer = outbox) =>
      createSendDue({
        queue: world.stores.mailQueue,
        mailer,
        write: ({ link = '', name }) => ({ subject: name, text: link, html: '' }),
        letterFor: (errand, attempts) => letterFor(needs, errand, { language: 'en', attempts }),
        audit: world.stores.audit,
        clock: world.clock,
        logger: pino({ level: 'silent' }),
      });
    const sendAll = async () => {
      const send = sender();
      while ((await send()) > 0);
    };
    const ask = async (name: string, more: Partial<ForgottenPassword> = {}) => {
      await askForLink(needs, asked(name, more));
      await sendAll();
    };
    const secretOf = (text = '') => text.replace('/password?token=', '');
    /** Of the last mail. */
    const secret = () => secretOf(outbox.mails()[0]?.text);
    const recipients = () => outbox.mails().map(({ to }) => to);
    const choose = (of: string, password = NEW) => choosePassword(needs, { secret: of, password }, visitor);
    const right = async (id: string, password: string) => {
      return needs.accounts.verifyPassword(await needs.accounts.byId(id), password);
    };

    it('goes to who is named, by username or confirmed address, and to nobody else', async () => {
      await ask(' Saar ');
      await ask('PIET@devries.example');
      await ask('nobody');
      await ask('saar', { office: 'molen' });
      await ask('unread@devries.example');
      await ask('broken');
      await ask('closed');
      expect(recipients()).to.deep.equal(['piet@devries.example', 'saar@devries.example']);
    });

    it('loses no mail while nobody can tell whether it may be sent', async () => {
      const uncounted = { take: async () => ({ granted: false as const, limit: 'unknown' as const }) };
      const counting = needs;
      needs = { ...counting, linkRequests: uncounted };
      expect(await rejection(ask('saar'))).to.include({ code: 'unavailable' });
      needs = { ...counting, linksSent: uncounted };
      await ask('saar');
      await needs.mailQueue.add(
        { id: 'reset', errand: { kind: 'password-reset', account: 'piet' } },
        world.clock.now(),
      );
      await sendAll();
      expect(recipients()).to.deep.equal([]);
      needs = counting;
      world.clock.advance(MINUTE);
      await sendAll();
      expect(recipients()).to.have.members(['piet@devries.example', 'saar@devries.example']);
    });

    it('costs the same for every name: one count and one row', async () => {
      const work: string[] = [];
      const watched: PasswordNeeds = {
        ...needs,
        linkRequests: {
          async take(counted) {
            work.push('take');
            return needs.linkRequests.take(counted);
          },
        },
        mailQueue: {
          ...needs.mailQueue,
          async add(mail, now) {
            work.push('add');
            await needs.mailQueue.add(mail, now);
          },
        },
        accounts: new Proxy(needs.accounts, { get: () => expect.fail('nobody is looked for') }),
        organizations: new Proxy(needs.organizations, { get: () => expect.fail('no office is looked for') }),
      };
      for (const name of ['saar', 'nobody', 'closed', 'broken']) {
        work.length = 0;
        await askForLink(watched, asked(name, { address: name }));
        expect(work, name).to.deep.equal(['take', 'add']);
      }
    });

    it('goes out three times an hour for one account, under whatever name, and ten times from one address', async () => {
      for (let index = 0; index < 3; index += 1) {
        await ask('saar', { address: `a${index}` });
        await ask('saar@devries.example', { address: `b${index}` });
      }
      expect(outbox.mails()).to.have.length(3);
      for (let index = 0; index < 20; index += 1) await askForLink(needs, asked(`name-${index}`, { address: 'one' }));
      const queued = await world.stores.mailQueue.lease(world.clock.now(), world.clock.now() + 1, 100);
      expect(queued).to.have.length(10);
      world.clock.advance(HOUR);
      await ask('saar', { address: 'later' });
      expect(recipients().filter((to) => to.startsWith('saar'))).to.have.length(4);
    });

    it('makes no more than three mails of a thousand requests for one name', async () => {
      await Promise.all(
        Array.from({ length: 1_000 }, (_, index) => askForLink(needs, asked('saar', { address: `${index}` }))),
      );
      await sendAll();
      const outcomes: string[] = [];
      // They are made side by side: any of them may hold the last link, which alone is good.
      for (const { text } of outbox.mails()) outcomes.push((await choose(secretOf(text))).outcome);
      expect(outcomes).to.have.members(['chosen', 'over', 'over']);
    });

    it('waits for a mail server that is down, and counts as one mail however often it is tried', async () => {
      const down: Mailer = {
        name: 'down',
        async send() {
          throw new Undelivered('unreachable', 'ECONNECTION');
        },
      };
      await askForLink(needs, asked('saar'));
      for (const wait of [30_000, 60_000, 120_000, 240_000, 480_000]) {
        expect(await sender(down)(), `before waiting ${wait}`).to.equal(1);
        world.clock.advance(wait);
      }
      await sendAll();
      expect(outbox.mails()).to.have.length(1);
      expect((await choose(secret())).outcome).to.equal('chosen');
    });

    it('sets the password, ends what was signed in, lifts the block, and leaves the second factor and its count alone', async () => {
      const held = await needs.enrolments.of('saar');
      const [totp] = held.enrolments;
      for (let wrong = 0; wrong < 3; wrong += 1) {
        await world.stores.lockouts.spend('saar');
        await world.stores.enrolments.fail(totp?.id ?? '', 100, world.clock.now());
      }
      expect(await world.stores.lockouts.until('saar')).to.not.equal(undefined);
      const before = await needs.accounts.byId('saar');
      await ask('saar');
      expect((await choose(secret())).outcome).to.equal('chosen');

      expect(await right('saar', NEW)).to.equal(true);
      expect(await right('saar', OLD)).to.equal(false);
      expect((await needs.accounts.byId('saar'))?.epoch).to.be.greaterThan(before?.epoch ?? 0);
      expect(ended).to.deep.equal(['saar']);
      expect(await world.stores.lockouts.until('saar')).to.equal(undefined);
      const [after] = (await needs.enrolments.of('saar')).enrolments;
      expect(after).to.deep.include({ id: totp?.id, failures: 3 });
      const types = (await world.auditRows()).map(({ type }) => type);
      expect(types).to.include('password.changed').and.include('password.link-made');
    });

    it('works once, however many browsers try at once', async () => {
      await ask('saar');
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => choose(secret())));
      expect(outcomes.filter(({ outcome }) => outcome === 'chosen')).to.have.length(1);
      expect((await choose(secret())).outcome).to.equal('over');
      expect(ended).to.deep.equal(['saar']);
    });

    it('works for thirty minutes, and looking at it changes nothing', async () => {
      await ask('saar');
      world.clock.advance(30 * MINUTE - 1);
      for (let look = 0; look < 5; look += 1) expect((await findLink(needs, secret()))?.owner.id).to.equal('saar');
      world.clock.advance(1);
      expect(await findLink(needs, secret())).to.equal(undefined);
      expect((await choose(secret())).outcome).to.equal('over');
    });

    it('dies when another is asked for, when the password changes and when the account is disabled', async () => {
      await ask('saar');
      const first = secret();
      await ask('saar');
      const second = secret();
      expect((await choose(first)).outcome).to.equal('over');
      await needs.accounts.setPassword('saar', 'something else entirely');
      expect((await choose(second)).outcome).to.equal('over');
      expect(await right('saar', 'something else entirely')).to.equal(true);
    });

    it('is for one account alone: what was begun for one cannot be finished for another', async () => {
      await ask('saar');
      const saar = secret();
      await ask('piet');
      const piet = secret();
      expect((await choose(saar)).outcome).to.equal('chosen');
      expect(await right('piet', OLD)).to.equal(true);
      expect((await choose(piet, 'een ander geheim woord 9')).outcome).to.equal('chosen');
      expect(await right('saar', NEW)).to.equal(true);
      for (const made of ['', 'abc', 'a'.repeat(43), `${saar}a`, "' or 1=1", 'x'.repeat(100_000)]) {
        expect((await choose(made)).outcome).to.equal('over');
      }
    });

    it('is refused what is short, long, easily guessed or stolen, and keeps the link then', async () => {
      await ask('piet');
      breached = 'a password that was stolen';
      for (const [password, fault] of [
        ['short', 'too-short'],
        ['elf tekens!', 'too-short'],
        ['x'.repeat(129), 'too-long'],
        ['password1234', 'weak'],
        ['wachtwoord123', 'weak'],
        ['piet@devries.example', 'weak'],
        ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
        [breached, 'breached'],
      ] as const) {
        expect(await choose(secret(), password), password).to.include({ outcome: 'refused', fault });
      }
      // Somebody who goes on and on has to wait.
      expect((await choose(secret(), 'short')).outcome).to.equal('throttled');
      world.clock.advance(MINUTE);
      expect((await choose(secret(), `${'🔑 '.repeat(5)}molen regen`)).outcome).to.equal('chosen');
    });

    it('goes to the old address for 72 hours after somebody else changed it', async () => {
      const { kysely } = world.stores.database;
      const changed = { email: 'thief@example.com', email_verified: 0 as const };
      await kysely
        .updateTable('accounts')
        .set({ ...changed, replaced_email: 'piet@devries.example', replaced_email_at: world.clock.now() })
        .where('id', '=', 'piet')
        .execute();
      await ask('piet');
      expect((await choose(secret())).outcome).to.equal('chosen');
      expect((await needs.accounts.byId('piet'))?.profile).to.include({ emailVerified: false });
      world.clock.advance(72 * HOUR);
      await ask('piet');
      expect(recipients()).to.deep.equal(['thief@example.com', 'piet@devries.example']);
    });

    it('confirms an address that nobody had confirmed', async () => {
      await ask('unread');
      expect((await choose(secret())).outcome).to.equal('chosen');
      expect((await needs.accounts.byId('unread'))?.profile.emailVerified).to.equal(true);
    });

    it('goes to no address with a line break in it', async () => {
      await world.stores.database.kysely
        .updateTable('accounts')
        .set({ email: 'piet@devries.example\r\nBcc: eve@example.com' })
        .where('id', '=', 'piet')
        .execute();
      await ask('piet');
      expect(outbox.mails()).to.deep.equal([]);
    });

    it('invites somebody to their first password for 24 hours, and permits a second factor to that browser', async () => {
      await world.stores.mailQueue.add(
        { id: 'i', errand: { kind: 'invitation', account: 'fresh' } },
        world.clock.now(),
      );
      await sendAll();
      expect(outbox.mails()[0]).to.include({ to: 'fresh@devries.example', subject: 'invitation' });
      world.clock.advance(24 * HOUR - 1);
      const choice = await choose(secret());
      if (choice.outcome !== 'chosen' || choice.permit === undefined) throw new Error(`got ${choice.outcome}`);
      const account = await needs.accounts.byId('fresh');
      if (account === undefined) throw new Error('fresh is there');
      const set = await needs.enrolments.of('fresh');
      world.clock.advance(-HOUR);
      const now = world.clock.now();
      const isPermit = async (secret: string) =>
        isPermitted(await permitsBrought(needs, [secret]), { account, set, now });
      expect(await isPermit(choice.permit.secret)).to.equal(true);
      expect(await isPermit('a'.repeat(43))).to.equal(false);
      expect(account.profile.emailVerified).to.equal(true);
      expect(await right('fresh', NEW)).to.equal(true);
    });

    it('gives no permit with a reset', async () => {
      await ask('saar');
      expect(await choose(secret())).to.deep.equal({ outcome: 'chosen', kind: 'reset' });
    });

    it('keeps no secret of a link anywhere but in the mail', async () => {
      await ask('saar');
      const rows = await world.stores.database.kysely.selectFrom('password_links').selectAll().execute();
      expect(rows).to.have.length(1);
      expect(JSON.stringify([rows, await world.auditRows()])).to.not.include(secret());
    });
  });
}
