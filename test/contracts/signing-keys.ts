import { expect } from 'chai';
import type { SigningKeys } from '../../src/domain/ports.ts';
import type { SigningKey } from '../../src/domain/signing-key.ts';

const key = (id: string, createdAt: number, algorithm: SigningKey['algorithm'] = 'ES256'): SigningKey => ({
  id,
  algorithm,
  jwk: { kty: 'EC', crv: 'P-256', d: `private part of ${id}` },
  createdAt,
  signsFrom: createdAt + 500,
});

/** What every implementation of `SigningKeys` does. `open` answers one without any; `another` is another process on the same data. */
export function signingKeysContract(
  open: () => Promise<{ signingKeys: SigningKeys; another(): Promise<SigningKeys>; close(): Promise<void> }>,
): void {
  describe('as SigningKeys', () => {
    let signingKeys: SigningKeys;
    let another: () => Promise<SigningKeys>;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ signingKeys, another, close } = await open());
    });
    afterEach(() => close());

    it('answers all keys, the youngest first', async () => {
      expect(await signingKeys.all()).to.deep.equal([]);
      for (const one of [key('b', 2000), key('c', 1_785_000_000_000, 'RS256'), key('a', 1000)]) {
        expect(await signingKeys.add(one)).to.equal(true);
      }
      expect(await signingKeys.all()).to.deep.equal([
        key('c', 1_785_000_000_000, 'RS256'),
        key('b', 2000),
        key('a', 1000),
      ]);
    });

    it('keeps the key that stands under an id', async () => {
      await signingKeys.add(key('a', 1000));
      expect(await signingKeys.add({ ...key('a', 2000), jwk: { kty: 'RSA' } })).to.equal(false);
      expect(await signingKeys.all()).to.deep.equal([key('a', 1000)]);
    });

    it('adds a first key for each algorithm, and no second one', async () => {
      expect(await signingKeys.addFirst(key('a', 1000))).to.equal(true);
      expect(await signingKeys.addFirst(key('b', 2000))).to.equal(false);
      expect(await signingKeys.addFirst(key('c', 3000, 'RS256'))).to.equal(true);
      expect((await signingKeys.all()).map(({ id }) => id)).to.deep.equal(['c', 'a']);
    });

    it('adds a next key unless one of its algorithm has yet to sign', async () => {
      await signingKeys.addFirst(key('a', 1000));
      expect(await signingKeys.addNext(key('b', 2000), 1499)).to.equal(false);
      expect(await signingKeys.addNext(key('b', 2000), 1500)).to.equal(true);
      expect(await signingKeys.addNext(key('c', 2100), 2100)).to.equal(false);
      expect(await signingKeys.addNext(key('r', 2100, 'RS256'), 2100)).to.equal(true);
      expect((await signingKeys.all()).map(({ id }) => id)).to.deep.equal(['r', 'b', 'a']);
    });

    it('adds one next key when several ask at once', async () => {
      await signingKeys.addFirst(key('a', 1000));
      const asking = await Promise.all(Array.from({ length: 6 }, another));
      const added = await Promise.all(asking.map((keys, index) => keys.addNext(key(`k${index}`, 2000), 2000)));
      expect(added.filter((won) => won)).to.have.length(1);
      expect(await signingKeys.all()).to.have.length(2);
    });

    it('removes a key for one caller alone', async () => {
      await signingKeys.add(key('a', 1000));
      await signingKeys.add(key('b', 2000));
      const removing = await Promise.all(Array.from({ length: 4 }, another));
      const removed = await Promise.all(removing.map((keys) => keys.remove('a')));
      expect(removed.filter((won) => won)).to.have.length(1);
      expect((await signingKeys.all()).map(({ id }) => id)).to.deep.equal(['b']);
      expect(await signingKeys.remove('c')).to.equal(false);
    });

    it('ends with one key for each algorithm when several processes start at once', async () => {
      const starting = await Promise.all(Array.from({ length: 6 }, another));
      const added = await Promise.all(
        starting.flatMap((keys, index) => [
          keys.addFirst(key(`e${index}`, index)),
          keys.addFirst(key(`r${index}`, index, 'RS256')),
        ]),
      );
      expect(added.filter((won) => won)).to.have.length(2);
      expect((await signingKeys.all()).map(({ algorithm }) => algorithm).sort()).to.deep.equal(['ES256', 'RS256']);
    });
  });
}
