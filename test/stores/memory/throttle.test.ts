import { memoryThrottle } from '../../../src/stores/memory/throttle.ts';
import { throttleContract } from '../../contracts/throttle.ts';
import { FakeClock } from '../../support/clock.ts';

describe('throttle in memory', () => {
  throttleContract(async () => {
    const clock = new FakeClock();
    return { clock, throttle: memoryThrottle({ clock }), close: async () => {} };
  });
});
