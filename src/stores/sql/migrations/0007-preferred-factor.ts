import { type SchemaModule, sql } from 'kysely';

/** Which factor somebody wants to be asked for first. */
export async function preferredFactor(schema: SchemaModule): Promise<void> {
  await schema.alterTable('factor_sets').addColumn('preferred', sql`text`).execute();
}
