import type { Clock } from '../domain/clock.ts';

/** Entries beyond which the oldest is dropped. */
const MOST = 1_000;

/**
 * A look-up whose answers are kept for a moment, for rows that nearly every request reads. Simultaneous questions share one
 * answer. A change is seen everywhere once `lifetime` has passed; an absence is not kept, so what was just added is found.
 *
 * @param lifetime milliseconds
 */
export function briefly<Found>(
  find: (key: string) => Promise<Found | undefined>,
  { clock, lifetime }: { readonly clock: Clock; readonly lifetime: number },
): (key: string) => Promise<Found | undefined> {
  const kept = new Map<string, { readonly answer: Promise<Found | undefined>; readonly until: number }>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined && clock.now() < known.until) return known.answer;
    const answer = find(key);
    kept.delete(key);
    kept.set(key, { answer, until: clock.now() + lifetime });
    const forget = () => {
      if (kept.get(key)?.answer === answer) kept.delete(key);
    };
    answer.then((found) => found === undefined && forget(), forget);
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}
