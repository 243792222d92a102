import { hash } from 'node:crypto';
import { type Compilable, type CompiledQuery, type QueryResult, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

/** Where the values go that differ from one run to the next. */
export type Slots<Values> = { readonly [Name in keyof Values]: RawBuilder<Values[Name]> };

/** Runs a prepared query, outside of any transaction. */
export type Prepared<Values, Row> = (on: Database, values: Values) => Promise<QueryResult<Row>>;

/** A query that comes again and again: PostgreSQL parses it once for each connection, and answers it at half the cost then. */
export interface PreparedQuery<Row> extends CompiledQuery<Row> {
  /** The same for the same SQL. */
  readonly statement: string;
}

/**
 * Builds and compiles a query once, to be run many times with other values. Building a small query takes longer than SQLite
 * takes to run it.
 *
 * @param build makes the query; `slots.account` stands for the value `account`
 */
export function prepare<Values extends Readonly<Record<string, unknown>>, Row>(
  build: (slots: Slots<Values>) => Compilable<Row>,
): Prepared<Values, Row> {
  const compiled = named(build(allSlots()).compile());
  return (on, values) => {
    const query: PreparedQuery<Row> = {
      ...compiled,
      parameters: compiled.parameters.map((parameter) =>
        parameter instanceof Slot ? values[parameter.name] : parameter,
      ),
    };
    return on.run(query);
  };
}

/** A compiled query, named after its SQL. */
export function named<Row>(compiled: CompiledQuery<Row>): PreparedQuery<Row> {
  return { ...compiled, statement: hash('sha256', compiled.sql, 'base64url') };
}

class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Any name that is asked for is a slot: the type of `Values` says which there are. */
function allSlots<Values>(): Slots<Values> {
  return new Proxy({} as Slots<Values>, { get: (_, name) => sql`${new Slot(String(name))}` });
}
