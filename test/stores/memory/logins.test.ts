import { memoryLogins } from '../../../src/stores/memory/logins.ts';
import { loginsContract } from '../../contracts/logins.ts';
import { FakeClock } from '../../support/clock.ts';

describe('logins in memory', () => {
  loginsContract(async () => {
    const clock = new FakeClock();
    return { clock, logins: memoryLogins({ clock }), close: async () => {} };
  });
});
