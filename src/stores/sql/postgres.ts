import { createRequire } from 'node:module';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import type { Engine } from './engine.ts';
import type { PreparedQuery } from './prepare.ts';
import { judged } from './unreachable.ts';

/** Times in milliseconds; 0 means no limit. */
export interface PostgresOptions {
  readonly connections: number;
  readonly connectTimeout: number;
  readonly statementTimeout: number;
}

const require = createRequire(import.meta.url);

/** What the server may take to say that a statement took too long, in milliseconds. After that it counts as gone. */
const GRACE = 2000;

/** PostgreSQL, connected at the first query. */
export function postgres(url: string, options: PostgresOptions): Engine {
  const driver = new PostgresDriver(url, options);
  return {
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    run: (query) => driver.run(query),
    close: () => driver.destroy(),
  };
}

class PostgresDriver implements Driver {
  readonly #url: string;
  readonly #options: PostgresOptions;
  // Read only where there is a PostgreSQL: every start would wait for it.
  readonly #pg: typeof pg = require('pg');
  #pool: pg.Pool | undefined;
  #closed = false;

  constructor(url: string, options: PostgresOptions) {
    this.#url = url;
    this.#options = options;
  }

  async init(): Promise<void> {
    this.#opened();
  }

  /** One query by itself. */
  async run<Row>(query: PreparedQuery<Row>): Promise<QueryResult<Row>> {
    const connection = await this.acquireConnection();
    try {
      return await connection.executeQuery(query);
    } finally {
      connection.release();
    }
  }

  #opened(): pg.Pool {
    if (this.#pool !== undefined) return this.#pool;
    if (this.#closed) throw new Error('the database is closed');
    const { connections, connectTimeout, statementTimeout } = this.#options;
    const pool = new this.#pg.Pool({
      connectionString: this.#url,
      application_name: 'sluis',
      max: connections,
      connectionTimeoutMillis: connectTimeout,
      keepAlive: true,
      // Read by the server and, in case it went away without a word, by the client.
      ...(statementTimeout > 0 && { statement_timeout: statementTimeout, query_timeout: statementTimeout + GRACE }),
      types: { getTypeParser: typeParsers(this.#pg) },
    });
    // Without listeners, a connection that breaks would end the process. An idle one leaves the pool by itself; one that is lent out
    // fails at its next statement, and the pool's own listener is off it until then.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    this.#pool = pool;
    return pool;
  }

  async acquireConnection(): Promise<PostgresConnection> {
    try {
      return new PostgresConnection(await this.#opened().connect(), this.#pg);
    } catch (error) {
      throw judged(error);
    }
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    // The server rolls back whatever it hears no more of.
    if (!connection.broken) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    this.#closed = true;
    await pool?.end();
  }
}

class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #pg: typeof pg;
  #broken = false;

  constructor(client: pg.PoolClient, library: typeof pg) {
    this.#client = client;
    this.#pg = library;
  }

  /** Nothing more can be asked of it. */
  get broken(): boolean {
    return this.#broken;
  }

  async executeQuery<Row>(query: CompiledQuery | PreparedQuery<Row>): Promise<QueryResult<Row>> {
    try {
      const { rowCount, rows } = await this.#client.query({
        text: query.sql,
        values: query.parameters.map(bearable),
        ...('statement' in query && { name: query.statement }),
      });
      return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
    } catch (error) {
      // Whoever timed out here may still be answered later, and that answer must not reach the next borrower.
      if (!(error instanceof this.#pg.DatabaseError)) this.#broken = true;
      throw judged(error);
    }
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('no query of ours is streamed');
  }

  release(): void {
    this.#client.release(this.#broken);
  }
}

/** PostgreSQL refuses U+0000 in text, and what a visitor types must find nobody rather than fail. */
function bearable(parameter: unknown): unknown {
  return typeof parameter === 'string' ? parameter.replaceAll('\0', '\uFFFD') : parameter;
}

/** 64-bit integers are times and counts here, well within what a number holds; `pg` would make them strings. */
function typeParsers({ types }: typeof pg) {
  return (type: number, format?: 'text' | 'binary') => {
    if (type === types.builtins.INT8) return Number;
    return format === 'binary' ? types.getTypeParser(type, 'binary') : types.getTypeParser(type, 'text');
  };
}
