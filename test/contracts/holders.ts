import { expect } from 'chai';
import type { Enrolment } from '../../src/domain/enrolment.ts';
import type { AccountSource, Enrolments, Holders } from '../../src/domain/ports.ts';

const enrolment = (id: string, account: string, createdAt: number): Enrolment => ({
  id,
  account,
  factor: 'totp',
  secret: { key: `key of ${id}` },
  version: 1,
  createdAt,
  failures: 0,
});

export interface OpenedHolders {
  readonly holders: Holders;
  /** The accounts `a1` and `a2`, and no other. */
  readonly accounts: AccountSource;
  readonly enrolments: Enrolments;
  close(): Promise<void>;
}

/** What every implementation of `Holders` does. */
export function holdersContract(open: () => Promise<OpenedHolders>): void {
  describe('as Holders', () => {
    let opened: OpenedHolders;

    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    async function expectBoth(id: string): Promise<void> {
      const { holders, accounts, enrolments } = opened;
      const holder = await holders.byId(id);
      expect(holder?.account).to.deep.equal(await accounts.byId(id));
      expect(holder?.set).to.deep.equal(await enrolments.of(id));
    }

    it('answer an account that has set nothing up', async () => {
      await expectBoth('a1');
      expect((await opened.holders.byId('a1'))?.account.id).to.equal('a1');
    });

    it('answer all that an account has set up, and nothing of another', async () => {
      const { holders, enrolments } = opened;
      await enrolments.add(enrolment('younger', 'a1', 2), 0);
      await enrolments.add(enrolment('older', 'a1', 1), 1);
      await enrolments.add(enrolment('another', 'a2', 1), 0);
      const prepared = [{ ...enrolment('prepared', 'a1', 3), factor: 'sms' }];
      await enrolments.prepare('a1', { prepared, removed: [], toSetUp: false }, 2);
      await enrolments.prefer('a1', 'totp');
      await expectBoth('a1');
      expect((await holders.byId('a1'))?.set.enrolments.map(({ id }) => id)).to.deep.equal(['older', 'younger']);
    });

    it('answer that nothing is left once it was reset', async () => {
      await opened.enrolments.add(enrolment('e', 'a1', 1), 0);
      await opened.enrolments.reset('a1');
      await expectBoth('a1');
      expect((await opened.holders.byId('a1'))?.set).to.include({ epoch: 1, toSetUp: true });
    });

    it('answer nobody for an id that is nobody’s', async () => {
      await opened.enrolments.add(enrolment('e', 'nobody', 1), 0);
      expect(await opened.holders.byId('nobody')).to.equal(undefined);
    });
  });
}
