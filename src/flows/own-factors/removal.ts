import type { Enrolment } from '../../domain/enrolment.ts';
import { stagesFor } from '../../domain/policy.ts';
import type { Needs } from './needs.ts';
import type { Owner } from './owner.ts';

/**
 * Whether a second factor is demanded of this person and none that will do is left without this one. Switched-off factors open nothing.
 */
export function isNeeded({ factors }: Needs, { account, policy, second }: Owner, { id }: Enrolment): boolean {
  const left = second.filter((one) => one.id !== id && one.switchedOffAt === undefined).map(({ factor }) => factor);
  const gates = stagesFor({ account, policy, held: left, acceptableAcrs: [] }, factors);
  const firsts = factors.filter(({ role }) => role === 'first').map(({ name }) => name);
  return gates.some(({ any }) => !any.some((factor) => firsts.includes(factor) || left.includes(factor)));
}

/** Ids of the recovery codes that go along: those without a factor left that they could stand in for. */
export function takenAlong({ factors }: Needs, { set, second }: Owner, { id }: Enrolment): readonly string[] {
  if (second.some((one) => one.id !== id)) return [];
  const recovery = factors.filter(({ role }) => role === 'recovery').map(({ name }) => name);
  return set.enrolments.filter(({ factor }) => recovery.includes(factor)).map((one) => one.id);
}
