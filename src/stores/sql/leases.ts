import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** Tables whose rows are work that waits: `due_at` says when, and `attempts` names the lease. */
type Queue = 'logouts' | 'mails';

/** What is taken: rows due at `now`, `limit` at most, until `until`. */
export interface Taking {
  readonly now: number;
  readonly until: number;
  readonly limit: number;
}

/** Takes rows for this process alone, the longest waiting first. */
export async function lease<Table extends Queue>(
  { kysely, dialect }: Database,
  table: Table,
  { now, until, limit }: Taking,
): Promise<readonly Tables[Table][]> {
  // One statement takes them. PostgreSQL runs several at once: each passes over what another one holds.
  const skipping = dialect === 'postgres' ? sql`for update skip locked` : sql``;
  const { rows } = await sql<Tables[Table]>`
    update ${sql.table(table)} set attempts = attempts + 1, due_at = ${until}
    where due_at <= ${now} and id in (
      select id from ${sql.table(table)} where due_at <= ${now} order by due_at limit ${limit} ${skipping}
    ) returning *`.execute(kysely);
  return rows;
}

/** Names a row as it was leased: once the lease ran out and somebody else took it, it is not this one. */
export type Leased = Pick<Tables[Queue], 'id' | 'attempts'>;

/** Puts a row back until `dueAt`. */
export async function putBack({ kysely }: Database, table: Queue, leased: Leased & { dueAt: number }): Promise<void> {
  const { id, attempts, dueAt } = leased;
  await sql`update ${sql.table(table)} set due_at = ${dueAt} where id = ${id} and attempts = ${attempts}`.execute(
    kysely,
  );
}

/** The work is done, or given up. */
export async function finish({ kysely }: Database, table: Queue, { id, attempts }: Leased): Promise<void> {
  await sql`delete from ${sql.table(table)} where id = ${id} and attempts = ${attempts}`.execute(kysely);
}
