import type { Permit } from '../../domain/permit.ts';
import type { Permits } from '../../domain/ports.ts';
import type { Database } from './database.ts';

export class SqlPermits implements Permits {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(permit: Permit, { now, alone }: { readonly now: number; readonly alone: boolean }): Promise<void> {
    const { account, way } = permit;
    await this.#database.kysely.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('permits').where('until', '<=', now).execute();
      const earlier = transaction.deleteFrom('permits').where('account', '=', account).where('way', '=', way);
      if (alone) await earlier.execute();
      await transaction.insertInto('permits').values(permit).execute();
    });
  }

  async find(keys: readonly string[]): Promise<readonly Permit[]> {
    // A list without keys in it is no valid SQL, and finds nothing.
    if (keys.length === 0) return [];
    return this.#database.kysely.selectFrom('permits').selectAll().where('key', 'in', keys).execute();
  }

  async take(key: string): Promise<Permit | undefined> {
    return this.#database.kysely.deleteFrom('permits').where('key', '=', key).returningAll().executeTakeFirst();
  }

  async removeOf(account: string): Promise<void> {
    await this.#database.kysely.deleteFrom('permits').where('account', '=', account).execute();
  }
}
