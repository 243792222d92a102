import type { Enrolment } from '../../domain/enrolment.ts';
import { stagesFor } from '../../domain/policy.ts';
import type { Needs } from './needs.ts';
import type { Owner } from './owner.ts';

/**
 * Whether a second factor is demanded of this person and none that will do is left without these. Switched-off factors open nothing.
 * @param without ids of enrolments
 */
export function areNeeded(
  { factors, clock }: Needs,
  { account, policy, second }: Owner,
  without: readonly string[],
): boolean {
  const left = second
    .filter(({ id, switchedOffAt }) => !without.includes(id) && switchedOffAt === undefined)
    .map(({ factor }) => factor);
  const gates = stagesFor({ account, policy, held: left, acceptableAcrs: [], now: clock.now() }, factors);
  const firsts = factors.filter(({ role }) => role === 'first').map(({ name }) => name);
  return gates.some(({ any }) => !any.some((factor) => firsts.includes(factor) || left.includes(factor)));
}

/** Those, and the recovery codes that go along when there is nothing left that they could stand in for. */
export function withCodes({ factors }: Needs, { set, second }: Owner, ids: readonly string[]): readonly string[] {
  if (second.some(({ id }) => !ids.includes(id))) return ids;
  return [...ids, ...codesOf(factors, set.enrolments).map(({ id }) => id)];
}

/** The recovery codes among what somebody set up. */
export function codesOf(factors: Needs['factors'], enrolments: readonly Enrolment[]): readonly Enrolment[] {
  const recovery = factors.filter(({ role }) => role === 'recovery').map(({ name }) => name);
  return enrolments.filter(({ factor }) => recovery.includes(factor));
}
