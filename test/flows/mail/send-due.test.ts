import { expect } from 'chai';
import { pino } from 'pino';
import { createMailOutbox, type MailOutbox } from '../../../src/delivery/mail/outbox.ts';
import type { Letter } from '../../../src/domain/letter.ts';
import type { Errand, Mailer } from '../../../src/domain/ports.ts';
import { Undelivered } from '../../../src/domain/undelivered.ts';
import { createSendDue } from '../../../src/flows/mail/send-due.ts';
import { SqlMailQueue } from '../../../src/stores/sql/mail-queue.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const letter: Letter = { name: 'notice.blocked', account: 'a1', to: 'noor@devries.example', locale: 'en' };

for (const pair of pairs) {
  describe(`sending what is due on ${pair}`, () => {
    let world: World;
    let outbox: MailOutbox;

    beforeEach(async () => {
      world = await openWorld(pair);
      outbox = createMailOutbox(world.clock);
    });
    afterEach(() => world.close());

    const ask = (id: string, errand: Errand = { kind: 'letter', letter }) =>
      world.stores.mailQueue.add({ id, errand }, world.clock.now());
    const sender = (mailer: Mailer = outbox, forgotten?: Letter) =>
      createSendDue({
        queue: new SqlMailQueue(world.stores.database, world.stores.vault),
        mailer,
        write: ({ name }) => ({ subject: name, text: 'text', html: 'html' }),
        letterFor: async (errand) => (errand.kind === 'letter' ? errand.letter : forgotten),
        audit: world.stores.audit,
        clock: world.clock,
        logger: pino({ level: 'silent' }),
      });
    const failing = (...reasons: ConstructorParameters<typeof Undelivered>): Mailer => ({
      name: 'failing',
      async send() {
        throw new Undelivered(...reasons);
      },
    });
    const eventTypes = async () => (await world.auditRows()).map(({ type }) => type);
    const untilIdle = async (send: () => Promise<number>) => {
      while ((await send()) > 0);
    };

    it('tries for a day to make a letter that cannot be made yet', async () => {
      let tries = 0;
      const unmade = createSendDue({
        queue: world.stores.mailQueue,
        mailer: outbox,
        write: () => expect.fail('there is no letter'),
        async letterFor() {
          tries += 1;
          throw new Error('not yet');
        },
        audit: world.stores.audit,
        clock: world.clock,
        logger: pino({ level: 'silent' }),
      });
      await ask('one');
      for (let hours = 0; hours < 48; hours += 1) {
        await untilIdle(unmade);
        world.clock.advance(HOUR);
      }
      expect(tries).to.be.within(20, 40);
      await untilIdle(sender());
      expect(outbox.mails()).to.deep.equal([]);
    });

    it('sends what waits, in words, and once', async () => {
      await ask('one');
      await untilIdle(sender());
      expect(outbox.mails()).to.deep.equal([
        { id: 'one', to: letter.to, subject: letter.name, text: 'text', html: 'html', at: world.clock.now() },
      ]);
      await untilIdle(sender());
      expect(outbox.mails()).to.have.length(1);
      expect(await eventTypes()).to.deep.equal(['mail.sent']);
    });

    it('sends each of many once, however many processes are at it', async () => {
      for (let index = 0; index < 40; index += 1) await ask(`mail-${index}`);
      await Promise.all(Array.from({ length: 6 }, () => untilIdle(sender())));
      const ids = outbox.mails().map(({ id }) => id);
      expect(new Set(ids).size).to.equal(40);
      expect(ids).to.have.length(40);
    });

    it('waits longer from try to try, and sends all of them when the server is back', async () => {
      await ask('one');
      await ask('two');
      expect(await sender(failing('unreachable'))()).to.equal(2);
      expect(await sender()()).to.equal(0);
      world.clock.advance(30_000 - 1);
      expect(await sender()()).to.equal(0);
      world.clock.advance(1);
      expect(await sender(failing('unknown'))()).to.equal(2);
      world.clock.advance(30_000);
      expect(await sender()()).to.equal(0);
      world.clock.advance(30_000);
      await untilIdle(sender());
      expect(outbox.mails().map(({ id }) => id)).to.have.members(['one', 'two']);
    });

    it('gives up after a day, and says so in the audit log', async () => {
      await ask('one');
      let tries = 0;
      for (let minute = 0; minute < 25 * 60; minute += 10) {
        tries += await sender(failing('unreachable', 'ECONNECTION'))();
        world.clock.advance(10 * MINUTE);
      }
      expect(tries).to.be.within(20, 40);
      expect(await sender()()).to.equal(0);
      expect(await world.auditRows()).to.have.length(1);
      const [event] = await world.auditRows();
      expect(event).to.include({ type: 'mail.undelivered', account: 'a1' });
      expect(event).to.have.property('details').that.includes('ECONNECTION').and.includes('notice.blocked');
    });

    it('tries nothing again that was refused for good', async () => {
      await ask('one');
      await untilIdle(sender(failing('refused')));
      world.clock.advance(HOUR);
      expect(await sender()()).to.equal(0);
      expect(await eventTypes()).to.deep.equal(['mail.undelivered']);
    });

    it('leaves to the next process what one took and never finished', async () => {
      await ask('one');
      await world.stores.mailQueue.lease(world.clock.now(), world.clock.now() + 5 * MINUTE, 1);
      expect(await sender()()).to.equal(0);
      world.clock.advance(5 * MINUTE);
      await untilIdle(sender());
      expect(outbox.mails()).to.have.length(1);
    });

    it('finds out at each try what to send to who forgot their password, and sends nothing to nobody', async () => {
      const errand = {
        kind: 'forgotten-password',
        name: 'noor',
        locale: 'nl',
        address: '192.0.2.1',
        requestId: 'r',
      } as const;
      await ask('one', errand);
      await ask('two', errand);
      await untilIdle(sender(outbox, undefined));
      expect(outbox.mails()).to.deep.equal([]);
      await ask('three', errand);
      await untilIdle(sender(outbox, letter));
      expect(outbox.mails().map(({ id }) => id)).to.deep.equal(['three']);
      expect(await eventTypes()).to.deep.equal(['mail.sent']);
    });
  });
}
