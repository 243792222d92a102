import { type SchemaModule, sql } from 'kysely';

/** Links with which somebody chooses a password. */
export async function passwordLinks(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('password_links')
    .addColumn('account', sql`text`, (column) => column.notNull())
    .addColumn('kind', sql`text`, (column) => column.notNull())
    .addColumn('digest', sql`text`, (column) => column.notNull().unique())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('address', sql`text`, (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('password_links_pkey', ['account', 'kind'])
    .execute();
}
