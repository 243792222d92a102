import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';
import type { PreparedQuery } from './prepare.ts';
import { judged } from './unreachable.ts';

/** Times in milliseconds; 0 means no limit. */
export interface PostgresOptions {
  readonly connections: number;
  readonly connectTimeout: number;
  readonly statementTimeout: number;
}

/** What the server may take to say that a statement took too long, in milliseconds. After that it counts as gone. */
const GRACE = 2000;

/** Kysely's dialect for PostgreSQL, connected at the first query. */
export function postgres(url: string, options: PostgresOptions): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresDriver(url, options),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PostgresDriver implements Driver {
  readonly #url: string;
  readonly #options: PostgresOptions;
  #pool: pg.Pool | undefined;

  constructor(url: string, options: PostgresOptions) {
    this.#url = url;
    this.#options = options;
  }

  async init(): Promise<void> {
    const { connections, connectTimeout, statementTimeout } = this.#options;
    this.#pool = new pg.Pool({
      connectionString: this.#url,
      application_name: 'sluis',
      max: connections,
      connectionTimeoutMillis: connectTimeout,
      keepAlive: true,
      // Read by the server and, in case it went away without a word, by the client.
      ...(statementTimeout > 0 && { statement_timeout: statementTimeout, query_timeout: statementTimeout + GRACE }),
      types: { getTypeParser },
    });
    // An idle connection that breaks leaves the pool by itself; without a listener it would end the process.
    this.#pool.on('error', () => {});
  }

  async acquireConnection(): Promise<PostgresConnection> {
    if (this.#pool === undefined) throw new Error('the database is not open');
    try {
      return new PostgresConnection(await this.#pool.connect());
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

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#pool?.end();
  }
}

class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  #broken = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
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
      if (!(error instanceof pg.DatabaseError)) this.#broken = true;
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
function getTypeParser(type: number, format?: 'text' | 'binary') {
  if (type === pg.types.builtins.INT8) return Number;
  return format === 'binary' ? pg.types.getTypeParser(type, 'binary') : pg.types.getTypeParser(type, 'text');
}
