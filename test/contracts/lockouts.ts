import { expect } from 'chai';
import type { LockoutRule, Lockouts } from '../../src/domain/ports.ts';
import { FakeClock } from '../support/clock.ts';

const RULE: LockoutRule = { attempts: 3, duration: 15 * 60_000 };
const KEY = 'account';

/**
 * What every implementation of `Lockouts` does.
 *
 * @param open answers one that has counted nothing; `reopen` answers another on the same data over a connection of its own,
 * as another process has it or this one after a restart
 */
export function lockoutsContract(
  open: (
    rule: LockoutRule,
    clock: FakeClock,
  ) => Promise<{ lockouts: Lockouts; reopen(): Promise<Lockouts>; close(): Promise<void> }>,
): void {
  describe('as Lockouts', () => {
    let clock: FakeClock;
    let lockouts: Lockouts;
    let reopen: () => Promise<Lockouts>;
    let close: () => Promise<void>;

    beforeEach(async () => {
      clock = new FakeClock();
      ({ lockouts, reopen, close } = await open(RULE, clock));
    });
    afterEach(() => close());

    async function spendAll(): Promise<void> {
      for (let taken = 0; taken < RULE.attempts; taken += 1) await lockouts.spend(KEY);
    }

    it('grants the attempts there are, and says how many are left', async () => {
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 2 });
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 1 });
      expect(await lockouts.until(KEY)).to.equal(undefined);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 0 });
    });

    it('blocks from the last attempt that was granted', async () => {
      await spendAll();
      const until = clock.now() + RULE.duration;
      expect(await lockouts.until(KEY)).to.equal(until);
      clock.advance(60_000);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: false, until });
      expect(await lockouts.until(KEY)).to.equal(until);
    });

    it('starts from nothing when the block ends', async () => {
      await spendAll();
      clock.advance(RULE.duration - 1);
      expect((await lockouts.spend(KEY)).granted).to.equal(false);
      clock.advance(1);
      expect(await lockouts.until(KEY)).to.equal(undefined);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 2 });
      expect(await lockouts.until(KEY)).to.equal(undefined);
    });

    it('remembers wrong answers for as long as nothing clears them', async () => {
      await lockouts.spend(KEY);
      await lockouts.spend(KEY);
      clock.advance(30 * 24 * 3_600_000);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 0 });
    });

    it('counts every key for itself', async () => {
      await spendAll();
      expect(await lockouts.spend('another')).to.deep.equal({ granted: true, left: 2 });
    });

    it('gives an attempt back', async () => {
      await lockouts.spend(KEY);
      await lockouts.spend(KEY);
      await lockouts.refund(KEY);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 1 });
    });

    it('lifts the block when the attempt that set it is given back', async () => {
      await spendAll();
      await lockouts.refund(KEY);
      expect(await lockouts.until(KEY)).to.equal(undefined);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 0 });
    });

    it('gives back no more than was taken', async () => {
      await lockouts.refund(KEY);
      await lockouts.spend(KEY);
      await lockouts.refund(KEY);
      await lockouts.refund(KEY);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 2 });
    });

    it('gives nothing back of a block that has ended', async () => {
      await spendAll();
      clock.advance(RULE.duration);
      await lockouts.refund(KEY);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 2 });
    });

    it('clears attempts and block', async () => {
      await spendAll();
      await lockouts.clear(KEY);
      expect(await lockouts.until(KEY)).to.equal(undefined);
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 2 });
    });

    it('grants no more of 200 parallel attempts, over several processes, than there are', async () => {
      const others = await Promise.all([reopen(), reopen(), reopen()]);
      const all = [lockouts, ...others];
      const answers = await Promise.all(all.flatMap((one) => Array.from({ length: 50 }, () => one.spend(KEY))));
      expect(answers.filter(({ granted }) => granted)).to.have.length(RULE.attempts);
      const until = clock.now() + RULE.duration;
      expect(answers.filter((answer) => !answer.granted && answer.until !== until)).to.have.length(0);
    });

    it('counts parallel attempts and refunds exactly', async () => {
      const other = await reopen();
      await Promise.all(
        Array.from({ length: 40 }, async (_, index) => {
          const one = index % 2 === 0 ? lockouts : other;
          if ((await one.spend(KEY)).granted) await one.refund(KEY);
        }),
      );
      expect(await lockouts.spend(KEY)).to.deep.equal({ granted: true, left: 2 });
    });

    it('keeps attempts and block over a restart', async () => {
      await lockouts.spend(KEY);
      const later = await reopen();
      expect(await later.spend(KEY)).to.deep.equal({ granted: true, left: 1 });
      await later.spend(KEY);
      const latest = await reopen();
      expect(await latest.until(KEY)).to.equal(clock.now() + RULE.duration);
      expect((await latest.spend(KEY)).granted).to.equal(false);
    });
  });
}
