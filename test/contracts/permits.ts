import { expect } from 'chai';
import type { Permit } from '../../src/domain/permit.ts';
import type { Permits } from '../../src/domain/ports.ts';

const NOW = 1_785_000_000_000;
const DAY = 24 * 3_600_000;

const permit = (key: string, changes: Partial<Permit> = {}): Permit => ({
  key,
  account: 'a1',
  epoch: '0.1',
  way: 'browser',
  until: NOW + DAY,
  ...changes,
});

/** What every implementation of `Permits` does. `another` is another process on the same data. */
export function permitsContract(
  open: () => Promise<{ permits: Permits; another(): Permits; close(): Promise<void> }>,
): void {
  describe('as Permits', () => {
    let permits: Permits;
    let another: () => Permits;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ permits, another, close } = await open());
    });
    afterEach(() => close());

    const add = (one: Permit, alone = false, now = NOW) => permits.add(one, { now, alone });
    const keys = async (...asked: string[]) => (await permits.find(asked)).map(({ key }) => key).sort();

    it('finds by the key alone, and all there is to it', async () => {
      await add(permit('one'));
      await add(permit('two', { account: 'a2', epoch: '3.4', way: 'mail' }));
      expect(await permits.find(['two', 'nothing'])).to.deep.equal([
        permit('two', { account: 'a2', epoch: '3.4', way: 'mail' }),
      ]);
      expect(await permits.find([])).to.deep.equal([]);
    });

    it('gives one away once, and leaves the others', async () => {
      await add(permit('one'));
      await add(permit('two'));
      expect(await permits.take('one')).to.deep.equal(permit('one'));
      expect(await permits.take('one')).to.equal(undefined);
      expect(await keys('one', 'two')).to.deep.equal(['two']);
    });

    it('gives one to a single caller of many at once', async () => {
      await add(permit('one'));
      const callers = Array.from({ length: 20 }, another);
      const taken = await Promise.all(callers.map((caller) => caller.take('one')));
      expect(taken.filter((one) => one !== undefined)).to.have.length(1);
    });

    it('puts one in the place of those that came the same way, of this account alone', async () => {
      await add(permit('old', { way: 'mail' }));
      await add(permit('browser'));
      await add(permit('other', { way: 'mail', account: 'a2' }));
      await add(permit('new', { way: 'mail' }), true);
      expect(await keys('old', 'browser', 'other', 'new')).to.deep.equal(['browser', 'new', 'other']);
    });

    it('takes all of an account away', async () => {
      await add(permit('one'));
      await add(permit('two', { way: 'staff' }));
      await add(permit('other', { account: 'a2' }));
      await permits.removeOf('a1');
      expect(await keys('one', 'two', 'other')).to.deep.equal(['other']);
    });

    it('collects those that are over', async () => {
      await add(permit('one', { until: NOW + 1 }));
      await add(permit('two', { until: NOW + 2 }));
      await add(permit('three'), false, NOW + 1);
      expect(await keys('one', 'two', 'three')).to.deep.equal(['three', 'two']);
    });
  });
}
