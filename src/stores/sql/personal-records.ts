import type { LastOf, PersonalRecords } from '../../domain/ports.ts';
import { removeWords } from './account-words.ts';
import type { Database } from './database.ts';
import { idDigest } from './erased-ids.ts';
import { isSomebodyLeft } from './last-of.ts';

/** Tables with rows of an account. Enrolments come before the sets that they belong to. */
const tables = [
  'enrolments',
  'factor_sets',
  'permits',
  'password_links',
  'remembered_devices',
  'email_changes',
] as const;

export class SqlPersonalRecords implements PersonalRecords {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  erase(account: string, now: number, leaving: readonly LastOf[]): Promise<'erased' | 'last'> {
    const { kysely, dialect } = this.#database;
    return kysely.transaction().execute(async (transaction) => {
      if (!(await isSomebodyLeft({ transaction, dialect }, account, leaving))) return 'last';
      for (const table of tables) {
        await transaction.deleteFrom<(typeof tables)[number]>(table).where('account', '=', account).execute();
      }
      await transaction.deleteFrom('lockouts').where('key', '=', account).execute();
      await removeWords(transaction, account);
      await transaction.deleteFrom('accounts').where('id', '=', account).execute();
      await transaction
        .insertInto('erased_accounts')
        .values({ digest: idDigest(account), erased_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return 'erased';
    });
  }
}
