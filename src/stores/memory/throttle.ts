import type { Clock } from '../../domain/clock.ts';
import type { Throttle } from '../../domain/ports.ts';
import { Table, turn } from './table.ts';

interface Attempts {
  readonly count: number;
  /** Milliseconds since the Unix epoch. */
  readonly last: number;
  /** When the count is forgotten. */
  readonly until: number;
}

/** Attempts that begin to cost time, counted in this process alone. */
export function memoryThrottle({ clock }: { clock: Clock }): Throttle {
  const attempts = new Table<Attempts>(clock);

  return {
    async spend(key, { free, delay, longest, memory }) {
      await turn();
      const now = clock.now();
      const { count, last } = attempts.get(key) ?? { count: 0, last: 0 };
      if (count >= free && count > 0) {
        const wait = last + Math.min(delay * 2 ** (count - free), longest) - now;
        if (wait > 0) return { granted: false, wait };
      }
      const until = now + memory;
      attempts.set(key, { count: count + 1, last: now, until }, until);
      return { granted: true };
    },

    async refund(key) {
      await turn();
      const standing = attempts.get(key);
      if (standing === undefined) return;
      if (standing.count <= 1) attempts.delete(key);
      else attempts.set(key, { ...standing, count: standing.count - 1 }, standing.until);
    },

    async clear(key) {
      await turn();
      attempts.delete(key);
    },
  };
}
