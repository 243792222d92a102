import { copyFileSync } from 'node:fs';
import { Client } from 'pg';
import { backUp } from '../../src/stores/sql/backup.ts';
import { Database } from '../../src/stores/sql/database.ts';
import { migrate } from '../../src/stores/sql/migrate.ts';
import { temporaryDirectory } from './directory.ts';
import { freshDatabase } from './postgres.ts';

/** A database with the tables of Sluis and nothing in them. */
export interface Migrated {
  readonly url: string;
  close(): Promise<void>;
}

let file: Promise<string> | undefined;

/** In SQLite: a copy of a file that was brought up to date once. */
export async function migratedSqlite(): Promise<Migrated> {
  file ??= temporaryDirectory().then(async ({ path }) => {
    await bringUpToDate(`sqlite:${path}/made.db`);
    // All of it in one file, for what was just written may be beside it.
    backUp(`${path}/made.db`, `${path}/whole.db`);
    return `${path}/whole.db`;
  });
  const made = await file;
  const { path, remove } = await temporaryDirectory();
  copyFileSync(made, `${path}/sluis.db`);
  return { url: `sqlite:${path}/sluis.db`, close: remove };
}

/** A database that was used and emptied, with what its tables looked like when it was made. */
interface Kept {
  readonly url: string;
  readonly shape: string;
  drop(): Promise<void>;
}

const kept: Kept[] = [];

/** In PostgreSQL: one that another test is done with, where there is one; to make it costs a hundred times what it costs to empty it. */
export async function migratedPostgres(): Promise<Migrated> {
  const database = kept.pop() ?? (await makePostgres());
  return { url: database.url, close: () => giveBack(database) };
}

async function makePostgres(): Promise<Kept> {
  const { url, close } = await freshDatabase();
  await bringUpToDate(url);
  return { url, shape: await within(url, shapeOf), drop: close };
}

/** Empties a database for the next, unless what was done to it would show. */
async function giveBack(database: Kept): Promise<void> {
  const asNew = await within(database.url, async (client) => {
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    if ((await shapeOf(client)) !== database.shape) return false;
    await client.query(EMPTY);
    return true;
  });
  if (asNew) kept.push(database);
  else await database.drop();
}

/** Deletes by table, not by TRUNCATE: that is quick for large tables, and these are small. */
const EMPTY = `
  DO $$
  DECLARE name text;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations' LOOP
      EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' LOOP
      EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
  END $$`;

/** Which tables, indices and sequences there are, by their numbers: one that was made anew has another. */
async function shapeOf(client: Client): Promise<string> {
  const { rows } = await client.query(
    "SELECT string_agg(oid::text, ' ' ORDER BY oid) AS shape FROM pg_class WHERE relnamespace = 'public'::regnamespace",
  );
  return rows[0].shape;
}

async function within<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function bringUpToDate(url: string): Promise<void> {
  const database = new Database(url);
  await migrate(database);
  await database.close();
}
