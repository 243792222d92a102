import { type SchemaModule, sql } from 'kysely';

/** The chain over audit events, and what finds them among millions. */
export async function auditChain(schema: SchemaModule): Promise<void> {
  const columns = [
    'before',
    'after',
    'who_salt',
    'who_digest',
    'whom_salt',
    'whom_digest',
    'who_erased',
    'whom_erased',
  ] as const;
  // One column a statement: SQLite adds no more at once.
  for (const column of columns) await schema.alterTable('audit_events').addColumn(column, sql`text`).execute();

  await schema
    .createTable('audit_chain')
    .addColumn('id', sql`text`, (column) => column.notNull().primaryKey())
    .addColumn('key', sql`text`, (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('hmac', sql`text`, (column) => column.notNull())
    .addColumn('proof', sql`text`, (column) => column.notNull())
    .addColumn('anchor_seq', 'bigint', (column) => column.notNull())
    .addColumn('anchor_hmac', sql`text`, (column) => column.notNull())
    .addColumn('anchor_proof', sql`text`, (column) => column.notNull())
    .addColumn('holder', sql`text`)
    .addColumn('leased_until', 'bigint', (column) => column.notNull())
    .execute();

  const index = (name: string) => schema.createIndex(`audit_events_${name}`).on('audit_events');
  await index('unsealed').column('id').where(sql.ref('seq'), 'is', null).execute();
  // Of sealed rows alone: the sealer pays for them, and not who signs in.
  for (const column of ['actor', 'client', 'address', 'type'] as const) {
    await index(column)
      .columns([column, 'id'])
      .where(sql.ref('seq'), 'is not', null)
      .where(sql.ref(column), 'is not', null)
      .execute();
  }
  await index('organization_type')
    .columns(['organization', 'type', 'id'])
    .where(sql.ref('seq'), 'is not', null)
    .execute();
}
