import { setTimeout as wait } from 'node:timers/promises';
import { type CompiledQuery, type QueryResult, SelectQueryNode } from 'kysely';
import type Libsql from 'libsql';
import { judged } from './unreachable.ts';

/** Milliseconds between two tries for the write lock. */
const PAUSE = 5;

/** Milliseconds that a reader waits for another process that recovers the file after a crash. This process stands still meanwhile. */
const READING = 50;

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
 *
 * One transaction comes after the other, and nothing else runs within one. While it only waits for another process, whoever reads
 * goes first.
 */
export class SqliteConnection {
  readonly #db: Libsql.Database;
  readonly #patience: number;
  readonly #statements = new Map<string, Ready>();
  /** Resolves when the transaction that was asked for last is over. */
  #last: Promise<void> = Promise.resolve();
  /** The transaction that is under way. */
  #transaction: { readonly over: Promise<void>; end(): void } | undefined;

  /** @param patience the longest to wait for another process that writes, in milliseconds, counted from when a transaction is asked for */
  constructor(db: Libsql.Database, patience: number) {
    this.#db = db;
    this.#patience = patience;
    db.exec(`pragma busy_timeout = ${READING}`);
  }

  /** One query by itself. */
  async run<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (SelectQueryNode.is(query.query)) {
      while (this.#transaction !== undefined) await this.#transaction.over;
      return this.runWithin(query);
    }
    await this.begin();
    try {
      const result = this.runWithin<Row>(query);
      this.commit();
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Begins a transaction, which takes the write lock, when those are over that were asked for before. */
  async begin(): Promise<void> {
    const deadline = performance.now() + this.#patience;
    const before = this.#last;
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    // Later than `over`: who waited to read goes first.
    this.#last = over.then(() => undefined);
    await before;
    try {
      while (!this.#locked(deadline)) await wait(PAUSE);
      this.#transaction = { over, end };
    } catch (error) {
      end();
      throw judged(error);
    }
  }

  commit(): void {
    this.#exec('commit');
    this.#end();
  }

  rollback(): void {
    try {
      // A full disk rolls back by itself, and a second rollback would hide why.
      if (this.#db.inTransaction) this.#exec('rollback');
    } finally {
      this.#end();
    }
  }

  /** Waits for the transactions that were asked for. */
  idle(): Promise<void> {
    return this.#last;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  /** One query, at once: of the transaction that is under way, or one that reads while there is none. */
  runWithin<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
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

  /** Tries to take the write lock. @throws when another process still has it after the deadline, or for another reason */
  #locked(deadline: number): boolean {
    // SQLite would wait without letting this process go on.
    this.#db.exec('pragma busy_timeout = 0');
    try {
      this.#db.exec('begin immediate');
      return true;
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
      return false;
    } finally {
      this.#db.exec(`pragma busy_timeout = ${READING}`);
    }
  }

  #end(): void {
    this.#transaction?.end();
    this.#transaction = undefined;
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
