import { type SchemaModule, sql } from 'kysely';

/** Leave to set up a second factor again, and who has to. */
export async function permits(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('factor_sets')
    .addColumn('to_set_up', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema
    .createTable('permits')
    .addColumn('key', sql`text`, (column) => column.notNull().primaryKey())
    .addColumn('account', sql`text`, (column) => column.notNull())
    .addColumn('epoch', sql`text`, (column) => column.notNull())
    .addColumn('way', sql`text`, (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('permits_account').on('permits').column('account').execute();
  await schema.createIndex('permits_until').on('permits').column('until').execute();
}
