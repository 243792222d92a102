import type { PasswordLink, PasswordLinks } from '../../domain/ports.ts';
import type { Database } from './database.ts';

export class SqlPasswordLinks implements PasswordLinks {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async put(digest: string, { account, kind, epoch, address, until }: PasswordLink): Promise<void> {
    // SQLite cannot let a column be empty that was not allowed to be.
    const changed = { digest, epoch, address: address ?? '', until };
    await this.#database.kysely
      .insertInto('password_links')
      .values({ account, kind, ...changed })
      .onConflict((conflict) => conflict.columns(['account', 'kind']).doUpdateSet(changed))
      .execute();
  }

  async find(digest: string, now: number): Promise<PasswordLink | undefined> {
    const found = await this.#database.kysely
      .selectFrom('password_links')
      .select(['account', 'kind', 'epoch', 'address', 'until'])
      .where('digest', '=', digest)
      .where('until', '>', now)
      .executeTakeFirst();
    if (found === undefined) return undefined;
    const { address, ...link } = found;
    return address === '' ? link : { ...link, address };
  }

  async take(digest: string, now: number): Promise<boolean> {
    const { numDeletedRows } = await this.#database.kysely
      .deleteFrom('password_links')
      .where('digest', '=', digest)
      .where('until', '>', now)
      .executeTakeFirstOrThrow();
    return numDeletedRows === 1n;
  }
}
