import { setTimeout as wait } from 'node:timers/promises';
import { type CompiledQuery, type DatabaseConnection, type QueryResult, SelectQueryNode } from 'kysely';
import type Libsql from 'libsql';
import { judged } from './unreachable.ts';

/** How long to wait between two tries for the write lock, in milliseconds, and how often to try: ten seconds together. */
const PAUSE = 5;
const TRIES = 2000;

/** Statements kept ready; there are about forty. */
const KEPT = 200;

interface Ready {
  readonly statement: Libsql.Statement;
  /** Of its rows; absent when it answers none. */
  readonly columns?: readonly string[];
}

/**
 * The one connection to a SQLite file.
 *
 * Every write begins with `begin immediate`, alone or in a transaction, for two reasons. Waiting for another process happens in
 * one place, between tries, so that this process goes on serving meanwhile. And a statement of `libsql` that fails busy stays
 * in progress and holds locks until it is garbage collected; `exec` and a rollback do not leave one behind.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly #db: Libsql.Database;
  readonly #statements = new Map<string, Ready>();
  #writing = false;

  constructor(db: Libsql.Database) {
    this.#db = db;
  }

  static isRead({ query }: CompiledQuery): boolean {
    return SelectQueryNode.is(query);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#writing || SqliteConnection.isRead(query)) return this.#run(query);
    await this.begin();
    try {
      const result = this.#run<Row>(query);
      this.commit();
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('no query of ours is streamed');
  }

  /** Takes the write lock. */
  async begin(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        this.#db.exec('begin immediate');
        this.#writing = true;
        return;
      } catch (error) {
        if (tries === TRIES || !isBusy(error)) throw judged(error);
        await wait(PAUSE);
      }
    }
  }

  commit(): void {
    this.#exec('commit');
    this.#writing = false;
  }

  rollback(): void {
    this.#writing = false;
    // A full disk rolls back by itself, and a second rollback would hide why.
    if (this.#db.inTransaction) this.#exec('rollback');
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    parameters.forEach(checkParameter);
    try {
      const { statement, columns } = this.#ready(sql);
      if (columns !== undefined) {
        const rows = statement.all(parameters) as readonly (readonly unknown[])[];
        return { rows: rows.map((values) => named(columns, values) as Row) };
      }
      return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
    } catch (error) {
      throw judged(error);
    }
  }

  #ready(sql: string): Ready {
    let ready = this.#statements.get(sql);
    if (ready === undefined) {
      if (this.#statements.size >= KEPT) this.#statements.clear();
      const statement = this.#db.prepare(sql);
      // Rows come as lists: for each object, `libsql` would make every name anew.
      ready = statement.reader
        ? { statement: statement.raw(), columns: statement.columns().map(nameOf) }
        : { statement };
      this.#statements.set(sql, ready);
    }
    return ready;
  }

  #exec(sql: string): void {
    try {
      this.#db.exec(sql);
    } catch (error) {
      throw judged(error);
    }
  }
}

function nameOf({ name }: Libsql.ColumnDefinition): string {
  return name;
}

function named(columns: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  columns.forEach((column, index) => {
    row[column] = values[index];
  });
  return row;
}

/** `libsql` ends the whole process on a value that it does not know. */
function checkParameter(value: unknown): void {
  const known = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
  if (!known) throw new TypeError(`a parameter is of type ${typeof value}`);
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
