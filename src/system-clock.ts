import type { Clock } from './domain/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
};
