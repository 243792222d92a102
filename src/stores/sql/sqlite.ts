import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import {
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type Libsql from 'libsql';
import { unavailable } from '../../domain/failure.ts';
import type { Engine } from './engine.ts';
import type { PreparedQuery } from './prepare.ts';
import { SqliteConnection } from './sqlite-connection.ts';

const require = createRequire(import.meta.url);

/** Milliseconds to wait for a lock while opening, when nothing is served yet; and later, for a reader that meets a recovery. */
const OPENING = 5000;
const READING = 50;

/**
 * A SQLite file, opened at the first query.
 * @param path of the file, made with its folder where it is missing, readable for this user alone; or `:memory:`
 */
export function sqlite(path: string): Engine {
  const driver = new SqliteDriver(path);
  return {
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    run: (query) => driver.run(query),
    close: () => driver.destroy(),
  };
}

/** Lends its one connection to one borrower after the other: a transaction must not be interrupted. */
class SqliteDriver implements Driver {
  readonly #path: string;
  #connection: SqliteConnection | undefined;
  #last: Promise<void> = Promise.resolve();
  #release = () => {};
  /** Who has the connection or waits for it. */
  #borrowers = 0;
  #closed = false;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#opened();
  }

  /** One query by itself. What only reads goes at once when nobody has the connection. */
  async run<Row>(query: PreparedQuery<Row>): Promise<QueryResult<Row>> {
    if (this.#borrowers === 0 && SqliteConnection.isRead(query)) return this.#opened().executeQuery(query);
    const connection = await this.acquireConnection();
    try {
      return await connection.executeQuery(query);
    } finally {
      await this.releaseConnection();
    }
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#borrowers += 1;
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
    this.#borrowers -= 1;
    this.#release();
  }

  async destroy(): Promise<void> {
    await this.#last;
    this.#closed = true;
    this.#connection?.close();
    this.#connection = undefined;
  }

  #opened(): SqliteConnection {
    if (this.#connection !== undefined) return this.#connection;
    if (this.#closed) throw new Error('the database is closed');
    try {
      this.#connection = new SqliteConnection(open(this.#path));
      return this.#connection;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

function open(path: string): Libsql.Database {
  if (path !== ':memory:') {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite gives its other files the permissions of this one. One that is there stays untouched: whoever closes a file takes away
    // the locks of the whole process on it, and other processes would delete the log that it writes.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  }
  // Read only where there is a SQLite file: every start would wait for it.
  const Database: typeof Libsql = require('libsql');
  const db = new Database(path);
  db.exec(`pragma busy_timeout = ${OPENING}`);
  db.exec('pragma journal_mode = wal');
  db.exec('pragma synchronous = normal');
  db.exec('pragma foreign_keys = on');
  db.exec(`pragma busy_timeout = ${READING}`);
  return db;
}
