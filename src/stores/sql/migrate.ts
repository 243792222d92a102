import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './schema.ts';

/**
 * Brings the tables to what this program expects. Several processes may call it at once: one does the work, the others wait.
 *
 * @returns the names of the migrations that were run
 * @throws when the tables were made by a newer program; nothing is touched then
 */
export async function migrate(database: Database): Promise<readonly string[]> {
  if ((await versionOf(database, database.kysely)) === migrations.length) return [];
  return database.alone(async (transaction) => {
    const version = await versionOf(database, transaction);
    const missing = migrations.slice(version);
    if (version === 0) {
      await transaction.schema
        .createTable('migrations')
        .addColumn('number', 'integer', (column) => column.notNull().primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .execute();
    }
    for (const [index, { name, up }] of missing.entries()) {
      await up(transaction.schema, database.dialect, transaction);
      await transaction
        .insertInto('migrations')
        .values({ number: version + index + 1, name })
        .execute();
    }
    return missing.map(({ name }) => name);
  });
}

/** How many migrations have been run; 0 for an empty database. @throws when there were more than this program knows */
export async function versionOf({ dialect }: Database, db: Kysely<Tables>): Promise<number> {
  const catalogue = dialect === 'postgres' ? sql`to_regclass('migrations')` : sql`(${sqliteTable(db)})`;
  const { found } = await db.selectNoFrom(catalogue.as('found')).executeTakeFirstOrThrow();
  if (found === null) return 0;
  const { version } = await db
    .selectFrom('migrations')
    .select(({ fn }) => fn.max('number').as('version'))
    .executeTakeFirstOrThrow();
  const applied = version ?? 0;
  if (applied > migrations.length) {
    throw new Error(
      `the database is at version ${applied} and this program knows ${migrations.length}: it needs the program that made it, or a newer one`,
    );
  }
  return applied;
}

function sqliteTable(db: Kysely<Tables>) {
  return db
    .withTables<{ sqlite_master: { name: string; type: string } }>()
    .selectFrom('sqlite_master')
    .select('name')
    .where('type', '=', 'table')
    .where('name', '=', 'migrations');
}
