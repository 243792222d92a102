import type { FactorName } from '../../domain/factor.ts';
import type { Needs } from './needs.ts';
import type { Standing } from './standing.ts';

/** Whether the person may set up one more of a factor that they hold. */
export function mayHaveAnother({ factors }: Needs, { facts }: Standing, name: FactorName): boolean {
  return facts.offerable.includes(name) && factors.some((factor) => factor.name === name && factor.several === true);
}
