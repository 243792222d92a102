import { expect } from 'chai';
import type { PasswordLink, PasswordLinks } from '../../src/domain/ports.ts';

const link: PasswordLink = { account: 'noor', kind: 'reset', epoch: 3, address: 'noor@devries.example', until: 2_000 };

/** What every implementation of `PasswordLinks` does. `another` is another process on the same data. */
export function passwordLinksContract(
  open: () => Promise<{ links: PasswordLinks; another(): PasswordLinks; close(): Promise<void> }>,
): void {
  describe('as PasswordLinks', () => {
    let links: PasswordLinks;
    let another: () => PasswordLinks;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ links, another, close } = await open());
    });
    afterEach(() => close());

    it('finds a link as often as it is looked at, until it is over', async () => {
      await links.put('a', link);
      expect(await links.find('a', 1_000)).to.deep.equal(link);
      expect(await another().find('a', 1_999)).to.deep.equal(link);
      expect(await links.find('a', 2_000)).to.equal(undefined);
      expect(await links.find('b', 1_000)).to.equal(undefined);
    });

    it('gives a link to one alone, however many take it at once', async () => {
      await links.put('a', link);
      const takers = Array.from({ length: 10 }, another);
      const taken = await Promise.all(takers.map((taker) => taker.take('a', 1_000)));
      expect(taken.filter(Boolean)).to.have.length(1);
      expect(await links.find('a', 1_000)).to.equal(undefined);
    });

    it('gives nobody a link that is over', async () => {
      await links.put('a', link);
      expect(await links.take('a', 2_000)).to.equal(false);
      expect(await links.take('b', 1_000)).to.equal(false);
    });

    it('keeps one of a kind for an account, the last', async () => {
      await links.put('first', link);
      await links.put('invitation', { ...link, kind: 'invitation' });
      await links.put('teun', { ...link, account: 'teun' });
      await links.put('second', { ...link, epoch: 4, until: 3_000 });
      expect(await links.find('first', 1_000)).to.equal(undefined);
      expect(await links.take('first', 1_000)).to.equal(false);
      expect(await links.find('second', 1_000)).to.deep.equal({ ...link, epoch: 4, until: 3_000 });
      expect(await links.find('invitation', 1_000)).to.deep.equal({ ...link, kind: 'invitation' });
      expect(await links.find('teun', 1_000)).to.deep.equal({ ...link, account: 'teun' });
    });

    it('ends with one link for an account that is asked many at once', async () => {
      const digests = Array.from({ length: 12 }, (_, index) => `d${index}`);
      await Promise.all(digests.map((digest) => another().put(digest, link)));
      const found = await Promise.all(digests.map((digest) => links.find(digest, 1_000)));
      expect(found.filter((one) => one !== undefined)).to.have.length(1);
    });
  });
}
