import { sql, type Transaction } from 'kysely';
import type { LastOf } from '../../domain/ports.ts';
import type { Dialect } from './dialect.ts';
import { fromJson } from './json.ts';
import type { Tables } from './schema.ts';

/** Where somebody is about to lose a role. */
export interface Leaving {
  readonly transaction: Transaction<Tables>;
  readonly dialect: Dialect;
}

/**
 * Whether for each of these roles somebody else has it who is not disabled. Everybody who has one of them stays as they are until the
 * transaction ends: of two who are to lose a role at once, the second one waits and then finds who is left.
 */
export async function isSomebodyLeft(
  { transaction, dialect }: Leaving,
  account: string,
  leaving: readonly LastOf[],
): Promise<boolean> {
  if (leaving.length === 0) return true;
  const having = transaction
    .selectFrom('accounts')
    .select(['id', 'organization', 'roles'])
    // As in the index of these few.
    .where('roles', '<>', sql.lit('[]'))
    .where('disabled', '=', 0)
    .where((eb) => eb.or(leaving.map(({ role }) => eb('roles', 'like', `%"${role}"%`))))
    // Everybody locks them in one order, so that nobody waits for one another.
    .orderBy('id');
  // SQLite has one writer at a time.
  const rows = await (dialect === 'postgres' ? having.forUpdate() : having).execute();
  return leaving.every(({ role, organization }) =>
    rows.some(
      (row) =>
        row.id !== account &&
        fromJson(row.roles).includes(role) &&
        (organization === undefined || row.organization === organization),
    ),
  );
}
