import type { z } from 'zod';
import type { Organization } from '../../../domain/organization.ts';
import { type Entered, laidOver, written } from '../laid-over.ts';
import type { Needs } from '../needs.ts';
import { type FieldFault, Refusal } from '../refusal.ts';
import type { organizationFields } from '../shapes/organization.ts';

/** Milliseconds before a date of grace that nobody sees in time. */
const LONGEST_GRACE = 366 * 24 * 3_600_000;

/** What was entered about an organization; everything may be missing. */
export type EnteredOrganization = Entered<z.output<typeof organizationFields>>;

/**
 * An organization as it is once this was entered.
 * @throws {Refusal} `invalid`: `unknown-factor`, `repeated`, `past`, `too-late`, `not-used`
 */
export function entering(
  { factors, clock }: Pick<Needs, 'factors' | 'clock'>,
  standing: Organization,
  { reason, contact, ...entered }: EnteredOrganization,
): Organization {
  const faults = [
    ...methodFaults(
      entered.methods ?? [],
      factors.filter(({ role }) => role === 'second').map(({ name }) => name),
    ),
    ...graceFaults(entered, standing, clock.now()),
  ];
  if (faults.length > 0) throw new Refusal('invalid', faults);
  const changed = laidOver(standing, { ...entered, reason: written(reason), contact: written(contact) });
  // A date of grace ends together with what it is a grace from.
  return changed.secondFactorRequired ? changed : laidOver(changed, { secondFactorFrom: null });
}

function methodFaults(methods: readonly string[], known: readonly string[]): readonly FieldFault[] {
  return methods.flatMap((method, index) => {
    const field = `methods.${index}`;
    if (!known.includes(method)) return { field, reason: 'unknown-factor' };
    return methods.indexOf(method) === index ? [] : { field, reason: 'repeated' };
  });
}

function graceFaults(entered: EnteredOrganization, standing: Organization, now: number): readonly FieldFault[] {
  const { secondFactorFrom: from, secondFactorRequired = standing.secondFactorRequired } = entered;
  // What stands may be sent back as it is.
  if (from === undefined || from === null || from === standing.secondFactorFrom) return [];
  const field = 'secondFactorFrom';
  if (!secondFactorRequired) return [{ field, reason: 'not-used' }];
  if (from <= now) return [{ field, reason: 'past' }];
  return from > now + LONGEST_GRACE ? [{ field, reason: 'too-late' }] : [];
}
