import type { EnrolmentSet } from '../../domain/enrolment.ts';
import type { Vault } from '../../domain/ports.ts';
import { isEnrolment, toEnrolment } from './enrolment-row.ts';
import type { EnrolmentsTable, FactorSetsTable, Flag } from './schema.ts';

/** What a set is made of, where `factor_sets` is joined as `set` and `enrolments` as `held`. */
export const setColumns = [
  'set.version as set_version',
  'set.epoch as set_epoch',
  'set.ever_held',
  'set.to_set_up',
  'set.preferred',
  'held.id',
  'held.account',
  'held.factor',
  'held.secret',
  'held.version',
  'held.created_at',
  'held.last_used_at',
  'held.failures',
  'held.switched_off_at',
  'held.lookup',
  'held.lookup_digest',
  'held.provisional',
] as const;

/** One row an enrolment; one whose enrolment is null for a set without any. */
type SetRow = { readonly [Name in keyof EnrolmentsTable]: EnrolmentsTable[Name] | null } & {
  readonly [Name in 'ever_held' | 'to_set_up' | 'preferred']: FactorSetsTable[Name] | null;
} & { readonly set_version: number | null; readonly set_epoch: number | null };

/** The set that the rows of one account tell, in their order; an empty one where they tell of none. */
export function toSet(rows: readonly SetRow[], vault: Vault): EnrolmentSet {
  const [first] = rows;
  const of = (provisional: Flag) =>
    rows.flatMap((row) => (isEnrolment(row) && row.provisional === provisional ? toEnrolment(row, vault) : []));
  return {
    version: first?.set_version ?? 0,
    epoch: first?.set_epoch ?? 0,
    everHeld: first?.ever_held === 1,
    toSetUp: first?.to_set_up === 1,
    ...(first?.preferred != null && { preferred: first.preferred }),
    enrolments: of(0),
    provisional: of(1),
  };
}
