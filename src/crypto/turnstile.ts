import { busy } from '../domain/failure.ts';

/** Runs work, or lets it wait for its turn. */
export type Turnstile = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Lets no more than `atOnce` pieces of work run together; others wait in order of arrival, and beyond `waiting` of them
 * the next is turned away with `busy`.
 */
export function createTurnstile({ atOnce, waiting }: { atOnce: number; waiting: number }): Turnstile {
  let free = atOnce;
  const queue: (() => void)[] = [];

  return async (work) => {
    if (free > 0) {
      free -= 1;
    } else {
      if (queue.length >= waiting) throw busy();
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await work();
    } finally {
      // Handed on rather than freed, so that no newcomer overtakes those who wait.
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
