import { sql } from 'kysely';
import type { Clock } from '../../domain/clock.ts';
import type { LockoutRule, Lockouts } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { prepare, type Slots } from './prepare.ts';

/** What decides about an attempt. */
type Spending = { key: string; now: number; attempts: number; until: number };

/** How often a block may end between being refused and asking until when. */
const TRIES = 3;

/** Blocks in a table, for a deployment without Redis. They outlive a restart. */
export class SqlLockouts implements Lockouts {
  readonly #database: Database;
  readonly #rule: LockoutRule;
  readonly #clock: Clock;
  readonly #queries;

  constructor(database: Database, rule: LockoutRule, clock: Clock) {
    this.#database = database;
    this.#rule = rule;
    this.#clock = clock;
    this.#queries = prepareQueries(database);
  }

  async spend(key: string): ReturnType<Lockouts['spend']> {
    const { attempts, duration } = this.#rule;
    for (let tries = 1; ; tries += 1) {
      const now = this.#clock.now();
      const { rows } = await this.#queries.spend(this.#database, { key, now, attempts, until: now + duration });
      if (rows[0] !== undefined) return { granted: true, left: Math.max(0, attempts - rows[0].spent) };
      const until = await this.until(key);
      if (until !== undefined || tries === TRIES) return { granted: false, until: until ?? now + duration };
    }
  }

  async until(key: string): Promise<number | undefined> {
    const { rows } = await this.#queries.until(this.#database, { key, now: this.#clock.now() });
    return rows[0]?.until ?? undefined;
  }

  async refund(key: string): Promise<void> {
    await this.#queries.refund(this.#database, { key, now: this.#clock.now() });
  }

  async clear(key: string): Promise<void> {
    await this.#queries.clear(this.#database, { key });
  }
}

function prepareQueries({ kysely }: Database) {
  return {
    // One statement, so that however many come at once, each sees what the one before it left.
    // A row whose block has ended counts as one that was never there.
    spend: prepare(({ key, now, attempts, until }: Slots<Spending>) => {
      const spent = sql<number>`case when lockouts.until <= ${now} then 1 else lockouts.spent + 1 end`;
      const block = (count: typeof spent) =>
        sql<number | null>`case when ${count} >= ${attempts} then cast(${until} as bigint) end`;
      return kysely
        .insertInto('lockouts')
        .values({ key, spent: 1, until: block(sql<number>`1`) })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({ spent, until: block(spent) })
            .where((eb) => eb.or([eb('lockouts.until', 'is', null), eb('lockouts.until', '<=', now)])),
        )
        .returning('spent');
    }),
    until: prepare(({ key, now }: Slots<{ key: string; now: number }>) =>
      kysely.selectFrom('lockouts').select('until').where('key', '=', key).where('until', '>', now),
    ),
    // Whatever is given back, fewer than all attempts are spent then.
    refund: prepare(({ key, now }: Slots<{ key: string; now: number }>) =>
      kysely
        .updateTable('lockouts')
        .set({ spent: sql<number>`case when until <= ${now} then 0 else spent - 1 end`, until: null })
        .where('key', '=', key)
        .where('spent', '>', 0),
    ),
    clear: prepare(({ key }: Slots<{ key: string }>) => kysely.deleteFrom('lockouts').where('key', '=', key)),
  };
}
