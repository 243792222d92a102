import type { Dialect, QueryResult } from 'kysely';
import type { PreparedQuery } from './prepare.ts';

/** A database behind Kysely, and a short way past it. */
export interface Engine {
  readonly dialect: Dialect;
  /**
   * Runs one prepared query by itself, on a connection that Kysely would get as well. Kysely goes through some ten promises for each
   * query, which costs more than a small query does.
   */
  run<Row>(query: PreparedQuery<Row>): Promise<QueryResult<Row>>;
  /** Waits for what is running and disconnects; also where Kysely never connected. */
  close(): Promise<void>;
}
