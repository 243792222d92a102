import { expect } from 'chai';
import type { CountedSending, SendingLimits } from '../../src/domain/ports.ts';
import type { SendingRules } from '../../src/stores/sending-keys.ts';
import type { FakeClock } from '../support/clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const rules: SendingRules = {
  number: { most: 5, within: HOUR },
  account: { most: 10, within: HOUR },
  address: { most: 20, within: HOUR },
  destination: { most: 40, within: DAY },
  deployment: { most: 60, within: DAY },
};

/** What every implementation of `SendingLimits` does. `open` answers one that has counted nothing, and how to be rid of it. */
export function sendingLimitsContract(
  open: (rules: SendingRules) => Promise<{ limits: SendingLimits; clock: FakeClock; close(): Promise<void> }>,
): void {
  describe('as SendingLimits', () => {
    let limits: SendingLimits;
    let clock: FakeClock;
    let close: () => Promise<void>;
    let made = 0;

    beforeEach(async () => {
      ({ limits, clock, close } = await open(rules));
    });
    afterEach(() => close());

    /** A sending that has nothing in common with any other but what is given. */
    function sending(common: Partial<CountedSending> = {}): CountedSending {
      made += 1;
      return {
        number: `+3161${String(made).padStart(7, '0')}`,
        account: `account-${made}`,
        address: `192.0.2.${made}`,
        destination: `destination-${made}`,
        ...common,
      };
    }
    const sendings = (count: number, common: Partial<CountedSending> = {}) =>
      Array.from({ length: count }, () => sending(common));
    const takeAll = async (all: readonly CountedSending[]) => {
      for (const one of all) expect(await limits.take(one)).to.deep.equal({ granted: true });
    };

    for (const [limit, common] of [
      ['number', { number: '+31612345678' }],
      ['account', { account: 'noor' }],
      ['address', { address: '2001:db8::/64' }],
      ['destination', { destination: 'NL' }],
      ['deployment', {}],
    ] as const) {
      it(`grants as many as the limit of one ${limit} says, and names it then`, async () => {
        await takeAll(sendings(rules[limit].most, common));
        expect(await limits.take(sending(common))).to.deep.equal({ granted: false, limit });
      });

      it(`counts for one ${limit} from the first sending on, and anew when the time is over`, async () => {
        await takeAll(sendings(1, common));
        clock.advance(rules[limit].within - 1);
        await takeAll(sendings(rules[limit].most - 1, common));
        expect(await limits.take(sending(common))).to.deep.equal({ granted: false, limit });
        clock.advance(1);
        await takeAll(sendings(rules[limit].most, common));
        expect(await limits.take(sending(common))).to.deep.equal({ granted: false, limit });
      });

      it(`grants exactly that many of 200 at once for one ${limit}`, async () => {
        const answers = await Promise.all(sendings(200, common).map((one) => limits.take(one)));
        expect(answers.filter(({ granted }) => granted)).to.have.length(rules[limit].most);
      });
    }

    it('takes nothing from the other limits when one is exceeded', async () => {
      const number = '+31612345678';
      const common = { account: 'noor', address: '192.0.2.1', destination: 'NL' };
      await takeAll(sendings(rules.number.most, { ...common, number }));
      for (let refused = 0; refused < 100; refused += 1) {
        expect(await limits.take(sending({ ...common, number }))).to.deep.equal({ granted: false, limit: 'number' });
      }
      await takeAll(sendings(rules.account.most - rules.number.most, common));
      expect(await limits.take(sending(common))).to.deep.equal({ granted: false, limit: 'account' });
    });

    it('takes nothing from anything when the widest is exceeded, however many try at once', async () => {
      await takeAll(sendings(rules.deployment.most - 1));
      const mine = { number: '+31612345678' };
      await Promise.all(sendings(50, mine).map((one) => limits.take(one)));
      clock.advance(rules.number.within);
      await Promise.all(sendings(50, mine).map((one) => limits.take(one)));
      clock.advance(rules.deployment.within);
      await takeAll(sendings(rules.number.most, mine));
    });

    it('keeps what is counted apart, also where names are the same', async () => {
      const name = 'same';
      await takeAll(sendings(rules.number.most, { number: name }));
      await takeAll(sendings(rules.account.most, { account: name }));
      await takeAll(sendings(rules.address.most, { address: name }));
    });
  });
}
