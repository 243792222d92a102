import { type Kysely, type RawBuilder, type SchemaModule, sql } from 'kysely';
import { addWords } from '../account-words.ts';
import type { Dialect } from '../dialect.ts';
import type { Tables } from '../schema.ts';

/** Accounts read at once. */
const BATCH = 500;

/** What accounts are found by, whichever part of a name somebody types; and the few that have a role, to see who is left. */
export async function accountWords(schema: SchemaModule, dialect: Dialect, db: Kysely<Tables>): Promise<void> {
  const text: RawBuilder<unknown> = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  const index = (name: string) => schema.createIndex(name);
  await schema
    .createTable('account_words')
    .addColumn('account', text, (column) => column.notNull())
    .addColumn('word', text, (column) => column.notNull())
    .addColumn('organization', text)
    .addColumn('shared', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('account_words_pkey', ['account', 'word'])
    .execute();
  for await (const accounts of standing(db)) await addWords(db, accounts);
  // With all that a page needs, so that the table itself is not read.
  await index('account_words_all').on('account_words').columns(['word', 'account', 'shared']).execute();
  await index('account_words_organization')
    .on('account_words')
    .columns(['organization', 'word', 'account', 'shared'])
    .execute();

  // Over all organizations, several people may have one username.
  await schema.dropIndex('accounts_any_username').execute();
  await index('accounts_any_username').on('accounts').columns(['username_key', 'id']).execute();
  await index('accounts_roles')
    .on('accounts')
    .column('organization')
    .where(sql.ref('roles'), '<>', sql.lit('[]'))
    .execute();
}

async function* standing(db: Kysely<Tables>) {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const accounts = await read(db, after);
    yield accounts;
    after = accounts.at(-1)?.id;
  }
}

function read(db: Kysely<Tables>, after: string) {
  return db
    .selectFrom('accounts')
    .select(['id', 'organization', 'username', 'name', 'given_name', 'family_name', 'email'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute();
}
