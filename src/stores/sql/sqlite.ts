import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import Libsql from 'libsql';
import { unavailable } from '../../domain/failure.ts';
import { SqliteConnection } from './sqlite-connection.ts';

/** Milliseconds to wait for a lock while opening, when nothing is served yet; and later, for a reader that meets a recovery. */
const OPENING = 5000;
const READING = 50;

/**
 * Kysely's dialect for a SQLite file, opened at the first query.
 * @param path of the file, made with its folder where it is missing, readable for this user alone; or `:memory:`
 */
export function sqlite(path: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(path),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Lends its one connection to one borrower after the other: a transaction must not be interrupted. */
class SqliteDriver implements Driver {
  readonly #path: string;
  #connection: SqliteConnection | undefined;
  #last: Promise<void> = Promise.resolve();
  #release = () => {};

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    try {
      this.#connection = new SqliteConnection(open(this.#path));
    } catch (error) {
      throw unavailable(error);
    }
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    return this.#opened();
  }

  beginTransaction(): Promise<void> {
    return this.#opened().begin();
  }

  async commitTransaction(): Promise<void> {
    this.#opened().commit();
  }

  async rollbackTransaction(): Promise<void> {
    this.#opened().rollback();
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {
    await this.#last;
    this.#connection?.close();
  }

  #opened(): SqliteConnection {
    if (this.#connection === undefined) throw new Error('the database is not open');
    return this.#connection;
  }
}

function open(path: string): Libsql.Database {
  if (path !== ':memory:') {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite gives its other files the permissions of this one.
    closeSync(openSync(path, 'a', 0o600));
  }
  const db = new Libsql(path);
  db.exec(`pragma busy_timeout = ${OPENING}`);
  db.exec('pragma journal_mode = wal');
  db.exec('pragma synchronous = normal');
  db.exec('pragma foreign_keys = on');
  db.exec(`pragma busy_timeout = ${READING}`);
  return db;
}
