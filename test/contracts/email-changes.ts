import { expect } from 'chai';
import type { EmailChange, EmailChanges } from '../../src/domain/ports.ts';

const change: EmailChange = {
  account: 'noor',
  epoch: 3,
  address: 'noor@new.example',
  session: 'uid',
  until: 2_000,
};

/** What every implementation of `EmailChanges` does. `another` is another process on the same data. */
export function emailChangesContract(
  open: () => Promise<{ changes: EmailChanges; another(): EmailChanges; close(): Promise<void> }>,
): void {
  describe('as EmailChanges', () => {
    let changes: EmailChanges;
    let another: () => EmailChanges;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ changes, another, close } = await open());
    });
    afterEach(() => close());

    it('finds one by its digest and by its account, until it is over', async () => {
      await changes.put('a', change);
      for (const found of [changes.find('a', 1_999), another().ofAccount('noor', 1_999)]) {
        expect(await found).to.deep.equal(change);
      }
      expect(await changes.find('a', 2_000)).to.equal(undefined);
      expect(await changes.ofAccount('noor', 2_000)).to.equal(undefined);
      expect(await changes.find('b', 1_000)).to.equal(undefined);
      expect(await changes.ofAccount('teun', 1_000)).to.equal(undefined);
    });

    it('gives one to one alone, however many take it at once, and to nobody when it is over', async () => {
      await changes.put('a', { ...change, session: null });
      expect(await changes.take('a', 2_000)).to.equal(false);
      const takers = Array.from({ length: 10 }, another);
      const taken = await Promise.all(takers.map((taker) => taker.take('a', 1_000)));
      expect(taken.filter(Boolean)).to.have.length(1);
      expect(await changes.ofAccount('noor', 1_000)).to.equal(undefined);
    });

    it('keeps one for an account, the last, however many are asked for at once', async () => {
      await changes.put('teun', { ...change, account: 'teun' });
      const digests = Array.from({ length: 12 }, (_, index) => `d${index}`);
      await Promise.all(digests.map((digest) => another().put(digest, change)));
      const found = await Promise.all(digests.map((digest) => changes.find(digest, 1_000)));
      expect(found.filter((one) => one !== undefined)).to.have.length(1);
      await changes.put('last', { ...change, address: 'last@new.example' });
      expect(await changes.ofAccount('noor', 1_000)).to.include({ address: 'last@new.example' });
      expect(await changes.take('d0', 1_000)).to.equal(false);
      await changes.removeOf('noor');
      expect(await changes.find('last', 1_000)).to.equal(undefined);
      expect(await changes.find('teun', 1_000)).to.include({ account: 'teun' });
    });
  });
}
