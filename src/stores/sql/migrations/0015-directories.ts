import { type Kysely, type RawBuilder, type SchemaModule, sql } from 'kysely';
import { comparable } from '../../../domain/comparable.ts';
import type { Dialect } from '../dialect.ts';
import type { Tables } from '../schema.ts';

/** What administrators find organizations and clients by, and what counts who has yet to set up a second factor. */
export async function directories(schema: SchemaModule, dialect: Dialect, tables: Kysely<Tables>): Promise<void> {
  // Byte order, so that a prefix is a range on either database.
  const text: RawBuilder<unknown> = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  for (const table of ['organizations', 'clients'] as const) {
    await schema
      .alterTable(table)
      // A version of the program that does not know it runs beside this one for a while.
      .addColumn('name_key', text, (column) => column.notNull().defaultTo(''))
      .execute();
    const rows = await tables.selectFrom<'organizations' | 'clients'>(table).select(['id', 'name']).execute();
    for (const { id, name } of rows) {
      await tables
        .updateTable<'organizations' | 'clients'>(table)
        .set({ name_key: comparable(name) })
        .where('id', '=', id)
        .execute();
    }
    await schema.createIndex(`${table}_name`).on(table).columns(['name_key', 'id']).execute();
  }
  await schema.createIndex('accounts_who_can').on('accounts').columns(['organization', 'disabled', 'id']).execute();
}
