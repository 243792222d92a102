import { type SchemaModule, sql } from 'kysely';

/** Addresses that their owners have yet to show to be theirs. */
export async function emailChanges(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('email_changes')
    .addColumn('account', sql`text`, (column) => column.notNull().primaryKey())
    .addColumn('digest', sql`text`, (column) => column.notNull().unique())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('address', sql`text`, (column) => column.notNull())
    .addColumn('session', sql`text`)
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
}
