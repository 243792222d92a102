import { expect } from 'chai';
import type { RememberedDevices } from '../../src/domain/ports.ts';
import type { RememberedDevice } from '../../src/domain/remembered-device.ts';

const NOW = 1_785_000_000_000;
const DAY = 24 * 3_600_000;

const device = (id: string, changes: Partial<RememberedDevice> = {}): RememberedDevice => ({
  id,
  key: `key of ${id}`,
  account: 'a1',
  epoch: '0.1',
  createdAt: NOW,
  lastUsedAt: NOW,
  until: NOW + 30 * DAY,
  ...changes,
});
const full = device('full', { address: '192.0.2.1', agent: 'Firefox', account: 'a2' });

/** What every implementation of `RememberedDevices` does. `another` is another process on the same data. */
export function rememberedDevicesContract(
  open: () => Promise<{ devices: RememberedDevices; another(): RememberedDevices; close(): Promise<void> }>,
): void {
  describe('as RememberedDevices', () => {
    let devices: RememberedDevices;
    let another: () => RememberedDevices;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ devices, another, close } = await open());
    });
    afterEach(() => close());

    const add = (one: RememberedDevice, now = NOW, most = 10) => devices.add(one, { now, most });
    const ids = async (account = 'a1') => (await devices.of(account)).map(({ id }) => id);

    it('finds by the key, by the id and by the account, with all there is to it', async () => {
      await add(device('one'));
      await add(full);
      expect(await devices.find(['key of full', 'nothing'])).to.deep.equal([full]);
      expect(await devices.find(['full'])).to.deep.equal([]);
      expect(await devices.find([])).to.deep.equal([]);
      expect(await devices.byId('full')).to.deep.equal(full);
      expect(await devices.byId('key of full')).to.equal(undefined);
      expect(await devices.of('a1')).to.deep.equal([device('one')]);
    });

    it('lists the last used first', async () => {
      for (const [id, lastUsedAt] of Object.entries({ a: NOW + 1, b: NOW + 3, c: NOW + 2 })) {
        await add(device(id, { lastUsedAt }));
      }
      expect(await ids()).to.deep.equal(['b', 'c', 'a']);
      await devices.used('a', NOW + 4);
      await devices.used('nothing', NOW + 5);
      expect(await ids()).to.deep.equal(['a', 'b', 'c']);
      expect(await devices.byId('a')).to.include({ lastUsedAt: NOW + 4, createdAt: NOW });
    });

    it('takes away those that are named, or all, of one account alone', async () => {
      for (const id of ['a', 'b', 'c']) await add(device(id));
      await add(full);
      expect(await devices.remove('a1', ['a', 'full', 'nothing'])).to.equal(1);
      expect(await devices.remove('a1', [])).to.equal(0);
      expect(await ids()).to.deep.equal(['b', 'c']);
      expect(await devices.remove('a1')).to.equal(2);
      expect(await devices.remove('a1')).to.equal(0);
      expect(await ids('a2')).to.deep.equal(['full']);
    });

    it('lets one go once, however many try', async () => {
      await add(device('one'));
      const callers = Array.from({ length: 10 }, another);
      const gone = await Promise.all(callers.map((caller) => caller.remove('a1', ['one'])));
      expect(gone.reduce((sum, one) => sum + one, 0)).to.equal(1);
    });

    it('collects those that are over, and what an account has too many of', async () => {
      await add(device('over', { until: NOW + 1, account: 'a2' }));
      await add(device('still', { until: NOW + 2, account: 'a2' }));
      await add(device('old', { lastUsedAt: NOW - 2 }));
      await add(device('used', { lastUsedAt: NOW - 1 }));
      await add(device('new'), NOW + 1, 2);
      expect(await ids('a2')).to.deep.equal(['still']);
      expect(await ids()).to.deep.equal(['new', 'used']);
    });

    it('keeps no two under one key', async () => {
      await add(device('one'));
      const failed = await add(device('two', { key: 'key of one' })).catch(() => 'failed');
      expect(failed).to.equal('failed');
    });
  });
}
