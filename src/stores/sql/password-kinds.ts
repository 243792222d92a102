import { sql } from 'kysely';
import type { Clock } from '../../domain/clock.ts';
import type { Database } from './database.ts';

/** Milliseconds for which an answer serves. Every password that is checked asks. */
const FRESH = 60_000;

/** The kinds of all password hashes that are stored, for `createHasher`. */
export class SqlPasswordKinds {
  readonly #database: Database;
  readonly #clock: Clock;
  #known: { readonly kinds: readonly string[]; readonly until: number } | undefined;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async all(): Promise<readonly string[]> {
    const now = this.#clock.now();
    if (this.#known === undefined || this.#known.until <= now) {
      this.#known = { kinds: await this.#read(), until: now + FRESH };
    }
    return this.#known.kinds;
  }

  /** Jumps from each kind to the next one in the index: a few look-ups, where `distinct` would read a million entries. */
  async #read(): Promise<readonly string[]> {
    const { rows } = await sql<{ kind: string }>`
      with recursive kinds(kind) as (
        select min(password_kind) from accounts
        union all
        select (select min(password_kind) from accounts where password_kind > kinds.kind)
        from kinds where kinds.kind is not null
      )
      select kind from kinds where kind is not null`.execute(this.#database.kysely);
    return rows.map(({ kind }) => kind);
  }
}
