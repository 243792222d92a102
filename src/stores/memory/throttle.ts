import type { Clock } from '../../domain/clock.ts';
import type { Throttle, Throttled } from '../../domain/ports.ts';
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

  /** Milliseconds that an attempt must still wait. */
  function waitFor({ key, rule: { free, delay, longest } }: Throttled): number {
    const { count, last } = attempts.get(key) ?? { count: 0, last: 0 };
    if (count < free || count === 0) return 0;
    return last + Math.min(delay * 2 ** (count - free), longest) - clock.now();
  }

  return {
    async spend(counts) {
      await turn();
      const wait = Math.max(...counts.map(waitFor));
      if (wait > 0) return { granted: false, wait };
      const now = clock.now();
      for (const { key, rule } of counts) {
        const until = now + rule.memory;
        attempts.set(key, { count: (attempts.get(key)?.count ?? 0) + 1, last: now, until }, until);
      }
      return { granted: true };
    },

    async refund(keys, forgotten = []) {
      await turn();
      for (const key of forgotten) attempts.delete(key);
      for (const key of keys) {
        const standing = attempts.get(key);
        if (standing === undefined) continue;
        if (standing.count <= 1) attempts.delete(key);
        else attempts.set(key, { ...standing, count: standing.count - 1 }, standing.until);
      }
    },
  };
}
