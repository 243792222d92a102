import { unavailable } from './failure.ts';
import type { Limits } from './ports.ts';

/**
 * Takes one from every limit; false when one of them is exceeded. For what would be lost without a word if it were taken for that.
 * @throws {Failure} `unavailable` when nobody can tell
 */
export async function isWithin<Subject extends string>(
  limits: Limits<Subject>,
  counted: Readonly<Record<Subject, string>>,
): Promise<boolean> {
  const taken = await limits.take(counted);
  if (!taken.granted && taken.limit === 'unknown') throw unavailable(new Error('limits cannot be counted'));
  return taken.granted;
}
