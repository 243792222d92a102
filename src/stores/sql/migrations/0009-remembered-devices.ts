import { type SchemaModule, sql } from 'kysely';

/** Browsers in which people are not asked for their second factor for a while, and for how many days organizations let them be. */
export async function rememberedDevices(schema: SchemaModule): Promise<void> {
  await schema.alterTable('organizations').addColumn('remembered_devices', 'integer').execute();
  await schema
    .createTable('remembered_devices')
    .addColumn('id', sql`text`, (column) => column.notNull().primaryKey())
    .addColumn('key', sql`text`, (column) => column.notNull().unique())
    .addColumn('account', sql`text`, (column) => column.notNull())
    .addColumn('epoch', sql`text`, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addColumn('address', sql`text`)
    .addColumn('agent', sql`text`)
    .execute();
  await schema.createIndex('remembered_devices_account').on('remembered_devices').column('account').execute();
  await schema.createIndex('remembered_devices_until').on('remembered_devices').column('until').execute();
}
