import { type SchemaModule, sql } from 'kysely';

/** Mail that has yet to be sent. */
export async function mails(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('mails')
    .addColumn('id', sql`text`, (column) => column.notNull().primaryKey())
    .addColumn('errand', sql`text`, (column) => column.notNull())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('mails_due').on('mails').column('due_at').execute();
}
