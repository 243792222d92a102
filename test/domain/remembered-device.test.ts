import { expect } from 'chai';
import {
  type DeviceHolder,
  endOf,
  isStanding,
  type RememberedDevice,
  untilAfter,
} from '../../src/domain/remembered-device.ts';

const NOW = 1_785_000_000_000;
const DAY = 24 * 3_600_000;
const device: RememberedDevice = {
  id: 'd',
  key: 'k',
  account: 'a',
  epoch: '1.2',
  createdAt: NOW,
  lastUsedAt: NOW,
  until: untilAfter(NOW, 30),
};

describe('a remembered device', () => {
  it('ends as the person was told, or earlier where the organization allows less by now', () => {
    expect(endOf(device, { rememberedDevices: 30 })).to.equal(NOW + 30 * DAY);
    expect(endOf(device, { rememberedDevices: 7 })).to.equal(NOW + 7 * DAY);
    expect(endOf(device, { rememberedDevices: 365 }), 'no longer than told').to.equal(NOW + 30 * DAY);
    expect(endOf(device, {}), 'not allowed any more').to.equal(undefined);
  });

  const holder: DeviceHolder = { account: 'a', epoch: '1.2', policy: { rememberedDevices: 30 }, now: NOW };
  const cases: readonly [why: string, changes: Partial<DeviceHolder>, stands: boolean][] = [
    ['its account as it was', {}, true],
    ['its account until the last moment', { now: NOW + 30 * DAY - 1 }, true],
    ['nobody from its end on', { now: NOW + 30 * DAY }, false],
    ['nobody once the organization allows fewer days', { now: NOW + 7 * DAY, policy: { rememberedDevices: 7 } }, false],
    ['nobody once the organization allows none', { policy: {} }, false],
    ['nobody else', { account: 'b' }, false],
    ['its account no more once that changed', { epoch: '1.3' }, false],
  ];
  for (const [why, changes, stands] of cases) {
    it(`stands for ${why}`, () => {
      expect(isStanding(device, { ...holder, ...changes })).to.equal(stands);
    });
  }
});
