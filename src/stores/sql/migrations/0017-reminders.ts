import { type SchemaModule, sql } from 'kysely';

/** How far telling people of the date got from which they need a second factor. */
export async function reminders(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('reminders')
    .addColumn('organization', sql`text`, (column) => column.notNull())
    .addColumn('date', 'bigint', (column) => column.notNull())
    .addColumn('kind', sql`text`, (column) => column.notNull())
    .addColumn('place', sql`text`, (column) => column.notNull())
    .addColumn('over', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('reminders_key', ['organization', 'date', 'kind'])
    .execute();
}
