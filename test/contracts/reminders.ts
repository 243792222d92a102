import { expect } from 'chai';
import type { MailQueue, PendingMail, Reminder, ReminderKind, Reminders } from '../../src/domain/ports.ts';

export interface SeededOffice {
  readonly id: string;
  readonly required?: false;
  readonly from?: number;
}

export interface SeededPerson {
  /** Of which the order is that of their places. */
  readonly id: string;
  readonly organization: string;
  readonly disabled?: true;
  readonly factor?: 'held' | 'provisional';
}

export interface OpenReminders {
  readonly reminders: Reminders;
  readonly queue: MailQueue;
  /** Another process on the same data. */
  another(): Reminders;
  add(offices: readonly SeededOffice[], people: readonly SeededPerson[]): Promise<void>;
  close(): Promise<void>;
}

const mail = (id: string): PendingMail => ({
  id,
  errand: { kind: 'letter', letter: { name: 'n', account: 'a', to: 'a@b.example', locale: 'en' } },
});

/** What every implementation of `Reminders` does. */
export function remindersContract(open: () => Promise<OpenReminders>): void {
  describe('as Reminders', () => {
    let opened: OpenReminders;
    let reminders: Reminders;

    beforeEach(async () => {
      opened = await open();
      ({ reminders } = opened);
    });
    afterEach(() => opened.close());

    const due = (kind: ReminderKind = 'announced', after = 0) =>
      reminders.due({ kind, after, until: Number.MAX_SAFE_INTEGER, limit: 10 });
    const first = async (): Promise<Reminder> => {
      const [one] = await due();
      if (one === undefined) throw new Error('expected a reminder');
      return one;
    };

    it('answers organizations that have a date, the nearest first, and no others', async () => {
      await opened.add(
        [
          { id: 'far', from: 9_000 },
          { id: 'near', from: 5_000 },
          { id: 'now' },
          { id: 'off', required: false, from: 6_000 },
        ],
        [],
      );
      const near = { kind: 'announced', organization: { id: 'near', name: 'Organization near' }, from: 5_000 };
      const far = { kind: 'announced', organization: { id: 'far', name: 'Organization far' }, from: 9_000 };
      expect(await due()).to.deep.equal([near, far]);
      expect(await due('announced', 5_000)).to.deep.equal([far]);
      const asked = { kind: 'announced', after: 0, limit: 10 } as const;
      expect(await reminders.due({ ...asked, until: 5_000 })).to.deep.equal([near]);
      expect(await reminders.due({ ...asked, until: 4_999 })).to.deep.equal([]);
      expect(await reminders.due({ ...asked, until: 9_000, limit: 1 })).to.deep.equal([near]);
    });

    it('answers, part by part, who can sign in without a second factor', async () => {
      await opened.add(
        [{ id: 'o', from: 5_000 }, { id: 'other' }],
        [
          { id: 'a', organization: 'o' },
          { id: 'b', organization: 'o', factor: 'held' },
          { id: 'c', organization: 'o', factor: 'provisional' },
          { id: 'd', organization: 'o', disabled: true },
          { id: 'e', organization: 'o' },
          { id: 'f', organization: 'other' },
        ],
      );
      const pages: string[][] = [];
      for (let more = true; more; ) {
        const reminder = await first();
        const { items, next } = await reminders.people(reminder, 2);
        pages.push(items.map(({ id }) => id));
        expect(await reminders.moveOn(reminder, { mails: [], now: 1, ...(next !== undefined && { next }) })).to.equal(
          true,
        );
        more = next !== undefined;
      }
      expect(pages).to.deep.equal([['a'], ['c'], ['e']]);
      expect(await due()).to.deep.equal([]);
    });

    it('is moved on by one process alone, whose mails are queued', async () => {
      await opened.add([{ id: 'o', from: 5_000 }], []);
      const processes = Array.from({ length: 4 }, () => opened.another());
      for (const next of ['p', 'q', undefined]) {
        const reminder = await first();
        const moved = await Promise.all(
          processes.map((process, index) =>
            process.moveOn(reminder, {
              mails: [mail(`${next}-${index}-1`), mail(`${next}-${index}-2`)],
              now: 1_000,
              ...(next !== undefined && { next }),
            }),
          ),
        );
        expect(moved.filter(Boolean)).to.have.length(1);
        const winner = moved.indexOf(true);
        const queued = await opened.queue.lease(1_000, 9_000_000, 20);
        expect(queued.map(({ id }) => id)).to.have.members([`${next}-${winner}-1`, `${next}-${winner}-2`]);
        expect(await reminders.moveOn(reminder, { mails: [mail(`late-${next}`)], now: 1_000 })).to.equal(false);
      }
      expect(await opened.queue.lease(1_000, 9_000_000, 20)).to.deep.equal([]);
    });

    it('does not move on when its mails cannot be queued', async () => {
      await opened.add([{ id: 'o', from: 5_000 }], []);
      await opened.queue.add(mail('there'), 1_000);
      const reminder = await first();
      const failed = await reminders.moveOn(reminder, { mails: [mail('new'), mail('there')], now: 1_000 }).then(
        () => false,
        () => true,
      );
      expect(failed).to.equal(true);
      expect(await due()).to.deep.equal([reminder]);
      expect((await opened.queue.lease(1_000, 9_000, 20)).map(({ id }) => id)).to.deep.equal(['there']);
    });

    it('is over for its date and its kind alone', async () => {
      await opened.add([{ id: 'o', from: 5_000 }], []);
      await reminders.moveOn(await first(), { mails: [], now: 1 });
      expect(await due()).to.deep.equal([]);
      expect(await due('soon')).to.have.length(1);
      await opened.add([{ id: 'o', from: 6_000 }], []);
      expect((await due()).map(({ from }) => from)).to.deep.equal([6_000]);
      await opened.add([{ id: 'o', from: 5_000 }], []);
      expect(await due()).to.deep.equal([]);
    });
  });
}
