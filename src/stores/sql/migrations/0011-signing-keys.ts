import type { SchemaModule } from 'kysely';

/** When a key begins to sign. */
export async function signingKeys(schema: SchemaModule): Promise<void> {
  await schema.alterTable('signing_keys').addColumn('signs_from', 'bigint').execute();
}
