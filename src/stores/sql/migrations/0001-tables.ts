import { type RawBuilder, type SchemaModule, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** The first tables. See schema.ts for what the columns hold. */
export async function tables(schema: SchemaModule, dialect: Dialect): Promise<void> {
  // Byte order, so that ids sort by time and a prefix is a range on either database.
  const text: RawBuilder<unknown> = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  const create = (name: string) => schema.createTable(name);
  const index = (name: string) => schema.createIndex(name);

  await create('organizations')
    .addColumn('id', text, (column) => column.notNull().primaryKey())
    .addColumn('code', text, (column) => column.notNull())
    .addColumn('code_key', text, (column) => column.notNull().unique())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('second_factor_required', 'integer', (column) => column.notNull())
    .addColumn('methods', text)
    .addColumn('first_set_up', text, (column) => column.notNull())
    .addColumn('permits_waived', 'integer', (column) => column.notNull())
    .addColumn('number_change', 'integer', (column) => column.notNull())
    .addColumn('passkeys_count_as_both', 'integer', (column) => column.notNull())
    .addColumn('authenticators', text)
    .addColumn('minimum_acr', text)
    .addColumn('reason', text)
    .addColumn('contact', text)
    .execute();

  await create('accounts')
    .addColumn('id', text, (column) => column.notNull().primaryKey())
    .addColumn('organization', text, (column) => column.references('organizations.id'))
    .addColumn('username', text, (column) => column.notNull())
    .addColumn('username_key', text, (column) => column.notNull())
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('locale', text)
    .addColumn('second_factor_required', 'integer', (column) => column.notNull())
    .addColumn('roles', text, (column) => column.notNull())
    .addColumn('groups', text, (column) => column.notNull())
    .addColumn('name', text)
    .addColumn('given_name', text)
    .addColumn('family_name', text)
    .addColumn('email', text)
    .addColumn('email_key', text)
    .addColumn('email_verified', 'integer', (column) => column.notNull())
    .addColumn('password_hash', text)
    .addColumn('password_kind', text)
    .execute();
  // Within an organization and over all of them: both are searched, by the start of a name or of an address.
  await index('accounts_username').unique().on('accounts').columns(['organization', 'username_key']).execute();
  await index('accounts_email').on('accounts').columns(['organization', 'email_key']).execute();
  await index('accounts_any_username').on('accounts').column('username_key').execute();
  await index('accounts_any_email').on('accounts').column('email_key').execute();
  // Null differs from null in a unique index: accounts without an organization need their own.
  await index('accounts_lone_username')
    .unique()
    .on('accounts')
    .column('username_key')
    .where(sql.ref('organization'), 'is', null)
    .execute();
  await index('accounts_password_kind').on('accounts').column('password_kind').execute();

  await create('factor_sets')
    .addColumn('account', text, (column) => column.notNull().primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('ever_held', 'integer', (column) => column.notNull())
    .execute();

  await create('enrolments')
    .addColumn('id', text, (column) => column.notNull().primaryKey())
    .addColumn('account', text, (column) => column.notNull().references('factor_sets.account'))
    .addColumn('factor', text, (column) => column.notNull())
    .addColumn('secret', text, (column) => column.notNull())
    .addColumn('lookup', text)
    .addColumn('lookup_digest', text)
    .addColumn('provisional', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('switched_off_at', 'bigint')
    .execute();
  await index('enrolments_account').on('enrolments').column('account').execute();
  await index('enrolments_lookup').on('enrolments').column('lookup_digest').execute();

  await create('clients')
    .addColumn('id', text, (column) => column.notNull().primaryKey())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('metadata', text, (column) => column.notNull())
    .addColumn('secret', text)
    .addColumn('first_party', 'integer', (column) => column.notNull())
    .addColumn('minimum_acr', text)
    .addColumn('organizations', text)
    .addColumn('pkce_required', 'integer', (column) => column.notNull())
    .addColumn('description', text)
    .execute();

  await create('signing_keys')
    .addColumn('id', text, (column) => column.notNull().primaryKey())
    .addColumn('algorithm', text, (column) => column.notNull())
    .addColumn('jwk', text, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();

  await create('audit_events')
    .addColumn('id', text, (column) => column.notNull().primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('account', text)
    .addColumn('actor', text)
    .addColumn('organization', text)
    .addColumn('client', text)
    .addColumn('address', text)
    .addColumn('request_id', text)
    .addColumn('details', text)
    .addColumn('seq', 'bigint', (column) => column.unique())
    .addColumn('hmac', text)
    .execute();
  await index('audit_events_account').on('audit_events').columns(['account', 'id']).execute();
  await index('audit_events_organization').on('audit_events').columns(['organization', 'id']).execute();

  await create('lockouts')
    .addColumn('key', text, (column) => column.notNull().primaryKey())
    .addColumn('spent', 'integer', (column) => column.notNull())
    .addColumn('until', 'bigint')
    .execute();
}
