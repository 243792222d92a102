import type { EmailChange, EmailChanges } from '../../domain/ports.ts';
import type { Database } from './database.ts';

const columns = ['account', 'epoch', 'address', 'session', 'until'] as const;

export class SqlEmailChanges implements EmailChanges {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async put(digest: string, { account, ...rest }: EmailChange): Promise<void> {
    const changed = { digest, ...rest };
    await this.#database.kysely
      .insertInto('email_changes')
      .values({ account, ...changed })
      .onConflict((conflict) => conflict.column('account').doUpdateSet(changed))
      .execute();
  }

  find(digest: string, now: number): Promise<EmailChange | undefined> {
    return this.#standing(now).where('digest', '=', digest).executeTakeFirst();
  }

  ofAccount(account: string, now: number): Promise<EmailChange | undefined> {
    return this.#standing(now).where('account', '=', account).executeTakeFirst();
  }

  async take(digest: string, now: number): Promise<boolean> {
    const { numDeletedRows } = await this.#database.kysely
      .deleteFrom('email_changes')
      .where('digest', '=', digest)
      .where('until', '>', now)
      .executeTakeFirstOrThrow();
    return numDeletedRows === 1n;
  }

  async removeOf(account: string): Promise<void> {
    await this.#database.kysely.deleteFrom('email_changes').where('account', '=', account).execute();
  }

  #standing(now: number) {
    return this.#database.kysely
      .selectFrom('email_changes')
      .select([...columns])
      .where('until', '>', now);
  }
}
