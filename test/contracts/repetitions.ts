import { expect } from 'chai';
import type { Repetitions } from '../../src/domain/ports.ts';

const asked = { key: 'k', request: 'r' };
const times = { now: 1_000, until: 2_000 };

/** What every implementation of `Repetitions` does. `another` is another process on the same data. */
export function repetitionsContract(
  open: () => Promise<{ repetitions: Repetitions; another(): Repetitions; close(): Promise<void> }>,
): void {
  describe('as Repetitions', () => {
    let repetitions: Repetitions;
    let another: () => Repetitions;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ repetitions, another, close } = await open());
    });
    afterEach(() => close());

    const claim = async (times: { now: number; until: number }) => {
      const claimed = await repetitions.claim(asked, times);
      if (claimed.state !== 'first') throw new Error(`expected first, got ${claimed.state}`);
      return claimed.claim;
    };

    it('gives the same answer again, until it is over', async () => {
      const mine = await claim(times);
      expect(await another().claim(asked, times)).to.deep.equal({ state: 'running' });
      await repetitions.answer('k', { claim: mine, answer: '{"a":1}', until: 9_000 });
      expect(await another().claim(asked, { now: 8_999, until: 9_999 })).to.deep.equal({
        state: 'answered',
        answer: '{"a":1}',
      });
      expect((await another().claim(asked, { now: 9_000, until: 9_999 })).state).to.equal('first');
    });

    it('tells another request under the same key, under way or answered', async () => {
      const mine = await claim(times);
      const other = { key: 'k', request: 's' };
      expect(await another().claim(other, times)).to.deep.equal({ state: 'another' });
      await repetitions.answer('k', { claim: mine, answer: '1', until: 9_000 });
      expect(await another().claim(other, times)).to.deep.equal({ state: 'another' });
      expect((await another().claim({ key: 'l', request: 's' }, times)).state).to.equal('first');
    });

    it('lets one alone do it, however many ask at once', async () => {
      const claims = await Promise.all(Array.from({ length: 12 }, () => another().claim(asked, times)));
      expect(claims.map(({ state }) => state).sort()).to.deep.equal(['first', ...Array(11).fill('running')]);
    });

    it('lets somebody else try what was not done', async () => {
      await repetitions.release('k', await claim(times));
      expect((await another().claim(asked, times)).state).to.equal('first');
    });

    it('does not wait for who died, and does not believe them when they come back', async () => {
      const dead = await claim(times);
      const second = await claim({ now: 2_000, until: 3_000 });
      await repetitions.answer('k', { claim: dead, answer: '"late"', until: 9_000 });
      await repetitions.release('k', dead);
      expect(await another().claim(asked, { now: 2_500, until: 3_500 })).to.deep.equal({ state: 'running' });
      await repetitions.answer('k', { claim: second, answer: '"mine"', until: 9_000 });
      expect(await another().claim(asked, { now: 2_500, until: 3_500 })).to.deep.equal({
        state: 'answered',
        answer: '"mine"',
      });
    });
  });
}
