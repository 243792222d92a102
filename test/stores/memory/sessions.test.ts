import { memorySessions } from '../../../src/stores/memory/sessions.ts';
import { sessionsContract } from '../../contracts/sessions.ts';
import { FakeClock } from '../../support/clock.ts';

describe('sessions in memory', () => {
  sessionsContract(async () => {
    const clock = new FakeClock();
    return { clock, sessions: memorySessions({ clock }), close: async () => {} };
  });
});
