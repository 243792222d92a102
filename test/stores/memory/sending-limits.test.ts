import { Keyring } from '../../../src/crypto/keyring.ts';
import { memorySendingLimits } from '../../../src/stores/memory/sending-limits.ts';
import { sendingLimitsContract } from '../../contracts/sending-limits.ts';
import { FakeClock } from '../../support/clock.ts';

describe('sending limits in memory', () => {
  sendingLimitsContract(async (rules) => {
    const clock = new FakeClock();
    const vault = new Keyring([Buffer.alloc(32, 7)]);
    return { clock, limits: memorySendingLimits({ vault, clock, rules }), close: async () => {} };
  });
});
