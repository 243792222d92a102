import { type SchemaModule, sql } from 'kysely';

/** What was answered to requests that must be done once. */
export async function repetitions(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('repetitions')
    .addColumn('id', sql`text`, (column) => column.primaryKey())
    .addColumn('request', sql`text`, (column) => column.notNull())
    .addColumn('claim', sql`text`, (column) => column.notNull())
    .addColumn('answer', sql`text`)
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('repetitions_until').on('repetitions').column('until').execute();
}
