import { expect } from 'chai';
import type { Throttle } from '../../src/domain/ports.ts';
import type { FakeClock } from '../support/clock.ts';

const RULE = { free: 3, delay: 1_000, longest: 30_000, memory: 3_600_000 };

/** What every implementation of `Throttle` does. `open` answers one that has counted nothing, and how to be rid of it. */
export function throttleContract(
  open: () => Promise<{ throttle: Throttle; clock: FakeClock; close(): Promise<void> }>,
): void {
  describe('as Throttle', () => {
    let throttle: Throttle;
    let clock: FakeClock;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ throttle, clock, close } = await open());
    });
    afterEach(() => close());

    const spend = (key = 'key') => throttle.spend([{ key, rule: RULE }]);
    async function spendFree(): Promise<void> {
      for (let taken = 0; taken < RULE.free; taken += 1) expect(await spend()).to.deep.equal({ granted: true });
    }

    it('asks ever longer waits after the free attempts, up to the longest', async () => {
      await spendFree();
      for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
        expect(await spend()).to.deep.equal({ granted: false, wait });
        clock.advance(wait - 1);
        expect(await spend()).to.deep.equal({ granted: false, wait: 1 });
        clock.advance(1);
        expect(await spend()).to.deep.equal({ granted: true });
      }
    });

    it('takes nothing from who has to wait', async () => {
      await spendFree();
      for (let tried = 0; tried < 20; tried += 1) expect(await spend()).to.deep.equal({ granted: false, wait: 1_000 });
    });

    it('grants as many of 200 parallel attempts as are free', async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, () => spend()));
      expect(answers.filter(({ granted }) => granted)).to.have.length(RULE.free);
    });

    it('grants one of many parallel attempts once the wait is over', async () => {
      await spendFree();
      clock.advance(1_000);
      const answers = await Promise.all(Array.from({ length: 50 }, () => spend()));
      expect(answers.filter(({ granted }) => granted)).to.have.length(1);
    });

    it('gives an attempt back', async () => {
      await spendFree();
      await throttle.refund(['key']);
      expect(await spend()).to.deep.equal({ granted: true });
      expect(await spend()).to.deep.equal({ granted: false, wait: 1_000 });
    });

    it('gives back no more than was taken', async () => {
      await throttle.refund(['key']);
      await spend();
      await throttle.refund(['key']);
      await throttle.refund(['key']);
      await spendFree();
      expect(await spend()).to.deep.equal({ granted: false, wait: 1_000 });
    });

    it('takes an attempt at each of several keys, or at none', async () => {
      const both = () => throttle.spend(['key', 'other'].map((key) => ({ key, rule: RULE })));
      await spend();
      expect(await both()).to.deep.equal({ granted: true });
      expect(await both()).to.deep.equal({ granted: true });
      expect(await both()).to.deep.equal({ granted: false, wait: 1_000 });
      expect(await spend('other')).to.deep.equal({ granted: true });
      expect(await spend('other')).to.deep.equal({ granted: false, wait: 1_000 });
    });

    it('asks the longest wait of several keys', async () => {
      await spendFree();
      clock.advance(1_000);
      await spend();
      const rule = { ...RULE, free: 1 };
      await throttle.spend([{ key: 'other', rule }]);
      const answer = await throttle.spend([
        { key: 'other', rule },
        { key: 'key', rule: RULE },
      ]);
      expect(answer).to.deep.equal({ granted: false, wait: 2_000 });
    });

    it('gives back to some while it forgets others', async () => {
      await spendFree();
      for (let taken = 0; taken < RULE.free; taken += 1) await spend('other');
      await throttle.refund(['key'], ['other']);
      expect(await spend()).to.deep.equal({ granted: true });
      expect(await spend()).to.deep.equal({ granted: false, wait: 1_000 });
      for (let taken = 0; taken < RULE.free; taken += 1) {
        expect(await spend('other')).to.deep.equal({ granted: true });
      }
    });

    it('forgets everything when told to', async () => {
      await spendFree();
      await throttle.refund([], ['key']);
      await spendFree();
    });

    it('forgets the count after a time without attempts, and not before', async () => {
      await spendFree();
      clock.advance(RULE.memory - 1);
      await spend();
      expect(await spend()).to.deep.equal({ granted: false, wait: 2_000 });
      clock.advance(RULE.memory);
      await spendFree();
    });

    it('keeps keys apart', async () => {
      await spendFree();
      expect(await spend('other')).to.deep.equal({ granted: true });
    });

    it('never refuses the first attempt, even where none is free', async () => {
      const rule = { ...RULE, free: 0 };
      expect(await throttle.spend([{ key: 'key', rule }])).to.deep.equal({ granted: true });
      expect(await throttle.spend([{ key: 'key', rule }])).to.include({ granted: false });
    });
  });
}
