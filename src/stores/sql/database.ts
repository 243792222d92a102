import { fileURLToPath } from 'node:url';
import { Kysely, type QueryResult, sql, type Transaction } from 'kysely';
import type { Probe } from '../../domain/ports.ts';
import type { Dialect } from './dialect.ts';
import type { Engine } from './engine.ts';
import { postgres } from './postgres.ts';
import type { PreparedQuery } from './prepare.ts';
import type { Tables } from './schema.ts';
import { sqlite } from './sqlite.ts';

/** Times in milliseconds. */
export interface DatabaseOptions {
  /** PostgreSQL: the most connections to hold at once; 10 by default. */
  readonly connections?: number;
  /** PostgreSQL: 3 seconds by default. */
  readonly connectTimeout?: number;
  /** PostgreSQL: the longest that one statement may take; 5 seconds by default. */
  readonly statementTimeout?: number;
  /** SQLite: the longest that a write waits for another process that writes; 10 seconds by default. */
  readonly lockTimeout?: number;
  /** PostgreSQL: told when work that must be done alone has waited for another process for some seconds, and goes on waiting. */
  readonly waiting?: (() => void) | undefined;
}

/** The number by which processes know each other's advisory lock: "sluis" in ASCII. */
const LOCK = 0x73_6c_75_69_73;

/** Milliseconds after which somebody should know that this process waits for another one. */
const NOTICE = 3_000;

/**
 * A database, connected at its first use. What the stores throw is `unavailable` when it cannot be reached, is locked for too
 * long, or has no room; anything else is a fault in a query.
 */
export class Database implements Probe {
  readonly name = 'database';
  readonly dialect: Dialect;
  readonly kysely: Kysely<Tables>;
  readonly #engine: Engine;
  readonly #patient: () => Kysely<Tables>;
  readonly #waiting: () => void;

  /**
   * @param url `sqlite:<path>`, `file:<path or URL>`, `:memory:`, `postgres://…` or `postgresql://…`
   * @throws for any other; the message does not repeat it, since it may hold a password
   */
  constructor(url: string, options: DatabaseOptions = {}) {
    if (/^postgres(?:ql)?:\/\//.test(url)) {
      const { connections = 10, connectTimeout = 3000, statementTimeout = 5000 } = options;
      this.dialect = 'postgres';
      this.#engine = postgres(url, { connections, connectTimeout, statementTimeout });
      this.#patient = () => new Kysely(postgres(url, { connections: 1, connectTimeout, statementTimeout: 0 }));
    } else {
      this.dialect = 'sqlite';
      this.#engine = sqlite(sqlitePath(url), { lockTimeout: options.lockTimeout ?? 10_000 });
      this.#patient = () => this.kysely;
    }
    this.#waiting = options.waiting ?? (() => {});
    this.kysely = new Kysely(this.#engine);
  }

  async ready(): Promise<boolean> {
    await this.kysely.selectNoFrom(sql<number>`1`.as('one')).execute();
    return true;
  }

  /** Runs one prepared query, outside of any transaction. */
  run<Row>(query: PreparedQuery<Row>): Promise<QueryResult<Row>> {
    return this.#engine.run(query);
  }

  /**
   * Runs `work` in a transaction while no other process runs one of these: for what must happen once. Others wait as long as
   * it takes, which is why PostgreSQL is given a connection without time limits.
   */
  async alone<Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result> {
    const patient = this.#patient();
    try {
      return await patient.transaction().execute(async (transaction) => {
        // SQLite has one writer at a time anyway.
        if (this.dialect === 'postgres') await this.#lock(transaction);
        return work(transaction);
      });
    } finally {
      if (patient !== this.kysely) await patient.destroy();
    }
  }

  async #lock(transaction: Transaction<Tables>): Promise<void> {
    const notice = setTimeout(this.#waiting, NOTICE);
    try {
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
    } finally {
      clearTimeout(notice);
    }
  }

  /** Waits for what is running and disconnects. */
  async close(): Promise<void> {
    await this.kysely.destroy();
    await this.#engine.close();
  }
}

/** The file that a URL names. @throws for any other URL; the message does not repeat it */
export function sqlitePath(url: string): string {
  if (url === ':memory:') return url;
  if (url.startsWith('file:///')) return fileURLToPath(url);
  const [, path] = /^(?:sqlite|file):(.+)$/.exec(url) ?? [];
  if (path === undefined)
    throw new Error('database URL: expected sqlite:<path>, file:<path>, :memory: or postgres://…');
  return path;
}
