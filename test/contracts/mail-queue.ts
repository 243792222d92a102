import { expect } from 'chai';
import type { MailQueue, PendingMail } from '../../src/domain/ports.ts';

const mail = (id: string): PendingMail => ({
  id,
  errand: {
    kind: 'letter',
    letter: {
      name: 'notice',
      account: 'a1',
      to: 'noor@example.com',
      locale: 'nl',
      link: `/password/${id}`,
      values: { n: 1 },
    },
  },
});
const forgotten: PendingMail['errand'] = {
  kind: 'forgotten-password',
  name: ' Noor ',
  office: 'canal',
  locale: 'en',
  address: '192.0.2.1',
  requestId: 'r1',
};
const leased = (id: string, askedAt: number, attempts = 1) => ({ ...mail(id), askedAt, attempts });
const ids = (mails: readonly { id: string }[]) => mails.map(({ id }) => id).sort();

/** What every implementation of `MailQueue` does. `another` is another process on the same data. */
export function mailQueueContract(
  open: () => Promise<{ queue: MailQueue; another(): MailQueue; close(): Promise<void> }>,
): void {
  describe('as MailQueue', () => {
    let queue: MailQueue;
    let another: () => MailQueue;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ queue, another, close } = await open());
    });
    afterEach(() => close());

    it('answers what is due, with all there is to it, and nothing before its time', async () => {
      await queue.add(mail('later'), 2_000);
      await queue.add({ id: 'wish', errand: forgotten }, 1_000);
      expect(await queue.lease(999, 60_000, 10)).to.deep.equal([]);
      expect(await queue.lease(1_000, 60_000, 10)).to.deep.equal([
        { id: 'wish', errand: forgotten, askedAt: 1_000, attempts: 1 },
      ]);
      expect(await queue.lease(2_000, 60_000, 10)).to.deep.equal([leased('later', 2_000)]);
    });

    it('begins with those that wait longest, and takes no more than asked', async () => {
      for (const [id, now] of [
        ['b', 2_000],
        ['c', 3_000],
        ['a', 1_000],
      ] as const)
        await queue.add(mail(id), now);
      expect(ids(await queue.lease(5_000, 60_000, 2))).to.deep.equal(['a', 'b']);
      expect(ids(await queue.lease(5_000, 60_000, 2))).to.deep.equal(['c']);
    });

    it('gives one to a single process while its lease lasts, and to the next one after', async () => {
      await queue.add(mail('a'), 1_000);
      await queue.lease(1_000, 2_000, 10);
      expect(await another().lease(1_999, 3_000, 10)).to.deep.equal([]);
      expect(await another().lease(2_000, 3_000, 10)).to.deep.equal([leased('a', 1_000, 2)]);
    });

    it('gives each of many to one process alone, however many ask at once', async () => {
      for (let index = 0; index < 30; index += 1) await queue.add(mail(`l${index}`), 1_000);
      const processes = Array.from({ length: 6 }, another);
      const leased = await Promise.all(processes.map((process) => process.lease(1_000, 60_000, 10)));
      const rest = await queue.lease(1_000, 60_000, 100);
      expect(ids([...leased.flat(), ...rest])).to.deep.equal(
        ids(Array.from({ length: 30 }, (_, index) => mail(`l${index}`))),
      );
    });

    it('puts one back until it is due again', async () => {
      await queue.add(mail('a'), 1_000);
      for (const one of await queue.lease(1_000, 2_000, 10)) await queue.retry(one, 9_000);
      expect(await queue.lease(8_999, 60_000, 10)).to.deep.equal([]);
      expect(await queue.lease(9_000, 60_000, 10)).to.deep.equal([leased('a', 1_000, 2)]);
    });

    it('forgets one that is removed', async () => {
      await queue.add(mail('a'), 1_000);
      for (const one of await queue.lease(1_000, 2_000, 10)) await queue.remove(one);
      expect(await queue.lease(60_000, 90_000, 10)).to.deep.equal([]);
    });

    it('forgets everything that waits for one account, leased or not', async () => {
      const invitation = (account: string) => ({
        id: `for ${account}`,
        errand: { kind: 'invitation', account } as const,
      });
      for (const one of [mail('a'), mail('b'), invitation('a1'), invitation('a2'), { id: 'wish', errand: forgotten }]) {
        await queue.add(one, 1_000);
      }
      await queue.lease(1_000, 2_000, 1);
      await queue.removeOf('a1');
      expect(ids(await queue.lease(3_000, 60_000, 10))).to.deep.equal(['for a2', 'wish']);
    });

    it('lets nobody touch one after their lease ran out and another process took it', async () => {
      await queue.add(mail('a'), 1_000);
      const late = await queue.lease(1_000, 2_000, 10);
      await another().lease(2_000, 3_000, 10);
      for (const one of late) {
        await queue.remove(one);
        await queue.retry(one, 0);
      }
      expect(await queue.lease(2_999, 9_000, 10)).to.deep.equal([]);
      expect(await queue.lease(3_000, 9_000, 10)).to.deep.equal([leased('a', 1_000, 3)]);
    });
  });
}
