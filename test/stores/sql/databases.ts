import { join } from 'node:path';
import { Database } from '../../../src/stores/sql/database.ts';
import { temporaryDirectory } from '../../support/directory.ts';
import { type Migrated, migratedPostgres, migratedSqlite } from '../../support/migrated.ts';
import { freshDatabase } from '../../support/postgres.ts';

/** A database with nothing in it, and everything that was opened on it. */
export interface Fresh {
  readonly url: string;
  readonly database: Database;
  /** Another connection to the same data, as another process has it. */
  another(): Database;
  close(): Promise<void>;
}

/** An empty database of one kind, without tables. */
export type Empty = () => Promise<Fresh>;

async function emptySqlite(): Promise<Fresh> {
  const directory = await temporaryDirectory();
  return fresh(`sqlite:${join(directory.path, 'test.db')}`, () => directory.remove());
}

async function emptyPostgres(): Promise<Fresh> {
  const { url, close } = await freshDatabase();
  return fresh(url, close);
}

async function migratedFrom(made: Promise<Migrated>): Promise<Fresh> {
  const { url, close } = await made;
  return fresh(url, close);
}

function fresh(url: string, drop: () => Promise<void>): Fresh {
  const opened: Database[] = [];
  const another = () => {
    const database = new Database(url);
    opened.push(database);
    return database;
  };
  return {
    url,
    database: another(),
    another,
    async close() {
      await Promise.all(opened.map((database) => database.close()));
      await drop();
    },
  };
}

/** Runs a suite on SQLite and on PostgreSQL. `migrated` answers an empty database with its tables. */
export function onEveryDatabase(suite: (migrated: Empty, empty: Empty) => void): void {
  describe('on SQLite', () => suite(() => migratedFrom(migratedSqlite()), emptySqlite));
  describe('on PostgreSQL', () => suite(() => migratedFrom(migratedPostgres()), emptyPostgres));
}
