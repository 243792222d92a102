import type { Transaction, Updateable } from 'kysely';
import type { PersonalPart } from '../../domain/audit-chain.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { AuditEventsTable } from './tables/audit.ts';

type Found = Pick<AuditEventsTable, 'id' | 'account' | 'actor'>;

/**
 * Erases what tells of a person from rows in which they act or are acted on. A row that tells of two people keeps what it tells of the
 * other one.
 * @returns how many rows it changed
 */
export function eraseBatch(
  { kysely, dialect }: Database,
  { account, limit }: { readonly account: string; readonly limit: number },
  proof: (id: string, part: PersonalPart) => string,
): Promise<number> {
  return kysely.transaction().execute(async (transaction) => {
    const named = (transaction: Transaction<Tables>, column: 'account' | 'actor', sealed: boolean) => {
      const rows = transaction
        .selectFrom('audit_events')
        .select(['id', 'account', 'actor'])
        .where(column, '=', account)
        .where('seq', sealed ? 'is not' : 'is', null)
        .orderBy('id')
        .limit(limit);
      // The sealer must not have read what is erased now.
      return (dialect === 'sqlite' ? rows : rows.forUpdate()).execute();
    };
    // Each by an index of its own.
    for (const column of ['account', 'actor'] as const) {
      for (const sealed of [true, false]) {
        const rows = await named(transaction, column, sealed);
        for (const row of rows) await erase(transaction, row, { account, proof });
        if (rows.length > 0) return rows.length;
      }
    }
    return 0;
  });
}

async function erase(
  transaction: Transaction<Tables>,
  { id, ...row }: Found,
  { account, proof }: { account: string; proof: (id: string, part: PersonalPart) => string },
): Promise<void> {
  const acted = (row.actor ?? row.account) === account;
  const blank: Updateable<AuditEventsTable> = {
    ...(acted && { actor: null, address: null, request_id: null, who_salt: null, who_erased: proof(id, 'who') }),
    ...(row.account === account && {
      account: null,
      details: null,
      before: null,
      after: null,
      whom_salt: null,
      whom_erased: proof(id, 'whom'),
    }),
  };
  await transaction.updateTable('audit_events').set(blank).where('id', '=', id).execute();
}
