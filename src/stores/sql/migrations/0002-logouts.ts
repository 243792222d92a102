import { type SchemaModule, sql } from 'kysely';

/** Clients that have yet to be told that a session ended. */
export async function logouts(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('logouts')
    .addColumn('id', sql`text`, (column) => column.notNull().primaryKey())
    .addColumn('client', sql`text`, (column) => column.notNull())
    .addColumn('account', sql`text`, (column) => column.notNull())
    .addColumn('session', sql`text`)
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('logouts_due').on('logouts').column('due_at').execute();
}
