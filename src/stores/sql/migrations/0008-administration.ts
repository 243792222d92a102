import { type SchemaModule, sql } from 'kysely';

/** What administrators change, and how they notice one another. */
export async function administration(schema: SchemaModule): Promise<void> {
  for (const table of ['organizations', 'accounts', 'clients']) {
    await schema
      .alterTable(table)
      .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
  }
  await schema.alterTable('organizations').addColumn('second_factor_from', 'bigint').execute();
  await schema.alterTable('clients').addColumn('former_secret', sql`text`).execute();
  await schema.alterTable('clients').addColumn('former_secret_until', 'bigint').execute();
  await schema.alterTable('clients').addColumn('administers', sql`text`).execute();
}
