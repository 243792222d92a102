import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import {
  type CompiledQuery,
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

/** Milliseconds to wait for a lock while opening, when nothing is served yet. */
const OPENING = 5000;

export interface SqliteOptions {
  /** The longest to wait for another process that writes, in milliseconds. */
  readonly lockTimeout: number;
}

/**
 * A SQLite file, opened at the first query.
 * @param path of the file, made with its folder where it is missing, readable for this user alone; or `:memory:`
 */
export function sqlite(path: string, options: SqliteOptions): Engine {
  const driver = new SqliteDriver(path, options);
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

/** Lends its one connection to everybody at once: it knows itself who must wait for whom. */
class SqliteDriver implements Driver {
  readonly #path: string;
  readonly #options: SqliteOptions;
  #connection: SqliteConnection | undefined;
  #closed = false;

  constructor(path: string, options: SqliteOptions) {
    this.#path = path;
    this.#options = options;
  }

  async init(): Promise<void> {
    this.#opened();
  }

  /** One query by itself. */
  async run<Row>(query: PreparedQuery<Row>): Promise<QueryResult<Row>> {
    return this.#opened().run(query);
  }

  async acquireConnection(): Promise<Borrower> {
    return new Borrower(this.#opened());
  }

  beginTransaction(borrower: Borrower): Promise<void> {
    return borrower.begin();
  }

  async commitTransaction(borrower: Borrower): Promise<void> {
    borrower.commit();
  }

  async rollbackTransaction(borrower: Borrower): Promise<void> {
    borrower.rollback();
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#connection?.idle();
    this.#closed = true;
    this.#connection?.close();
    this.#connection = undefined;
  }

  #opened(): SqliteConnection {
    if (this.#connection !== undefined) return this.#connection;
    if (this.#closed) throw new Error('the database is closed');
    try {
      this.#connection = new SqliteConnection(open(this.#path), this.#options.lockTimeout);
      return this.#connection;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

/** The connection as one borrower has it: its queries belong to its transaction, or else each stands by itself. */
class Borrower implements DatabaseConnection {
  readonly #connection: SqliteConnection;
  #within = false;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#within ? this.#connection.runWithin(query) : this.#connection.run(query);
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('no query of ours is streamed');
  }

  async begin(): Promise<void> {
    await this.#connection.begin();
    this.#within = true;
  }

  commit(): void {
    this.#connection.commit();
    this.#within = false;
  }

  rollback(): void {
    this.#within = false;
    this.#connection.rollback();
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
  return db;
}
