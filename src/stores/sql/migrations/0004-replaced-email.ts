import { type SchemaModule, sql } from 'kysely';

/** Where people were reached before somebody else changed their address. */
export async function replacedEmail(schema: SchemaModule): Promise<void> {
  // One column a statement: SQLite adds no more at once.
  await schema.alterTable('accounts').addColumn('replaced_email', sql`text`).execute();
  await schema.alterTable('accounts').addColumn('replaced_email_at', 'bigint').execute();
}
