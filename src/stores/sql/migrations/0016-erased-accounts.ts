import { type SchemaModule, sql } from 'kysely';

/** Ids that belonged to somebody who was erased: `sub` is never given to anybody else (OpenID Connect Core, section 2). */
export async function erasedAccounts(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('erased_accounts')
    .addColumn('digest', sql`text`, (column) => column.notNull().primaryKey())
    .addColumn('erased_at', 'bigint', (column) => column.notNull())
    .execute();
}
