import type { Transaction } from 'kysely';
import type { Account } from '../../domain/account.ts';
import type { AccountDirectory, KeptAccount, LastOf, Page, Replacement } from '../../domain/ports.ts';
import { listAccounts } from './account-pages.ts';
import { accountColumns, fromAccount, toAccount } from './account-row.ts';
import { addWords, replaceWords } from './account-words.ts';
import type { Database } from './database.ts';
import { erasedAmong } from './erased-ids.ts';
import { isSomebodyLeft } from './last-of.ts';
import type { Tables } from './schema.ts';
import { isTaken } from './unique.ts';

export interface AccountDirectoryOptions {
  /** Nobody is asked for their organization: a username must be one person's in the whole deployment. */
  readonly namesAreGlobal: boolean;
}

export class SqlAccountDirectory implements AccountDirectory {
  readonly #database: Database;
  readonly #options: AccountDirectoryOptions;

  constructor(database: Database, options: AccountDirectoryOptions) {
    this.#database = database;
    this.#options = options;
  }

  page(asked: Parameters<AccountDirectory['page']>[0]): Promise<Page<Account>> {
    return listAccounts(this.#database, asked);
  }

  async find(id: string): Promise<KeptAccount | undefined> {
    const row = await this.#database.kysely
      .selectFrom('accounts')
      .select([...accountColumns, 'version', 'password_hash'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row && { value: toAccount(row), version: row.version, hasPassword: row.password_hash !== null };
  }

  add(account: Account): Promise<boolean> {
    return this.#database.kysely.transaction().execute(async (transaction) => {
      const row = fromAccount(account);
      if (await this.#isNamesake(transaction, row)) return false;
      if ((await erasedAmong(transaction, [account.id])).size > 0) return false;
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('accounts')
        .values({ ...row, password_hash: null, password_kind: null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return false;
      await addWords(transaction, [row]);
      return true;
    });
  }

  async replace(account: Account, seen: number, leaving: readonly LastOf[] = []): Promise<Replacement | 'last'> {
    const { id, ...row } = fromAccount(account);
    const work = async (transaction: Transaction<Tables>): Promise<Replacement | 'last'> => {
      const { dialect } = this.#database;
      if (!(await isSomebodyLeft({ transaction, dialect }, id, leaving))) return 'last';
      if (await this.#isNamesake(transaction, { id, ...row })) return 'taken';
      const { numUpdatedRows } = await transaction
        .updateTable('accounts')
        .set({ ...row, version: seen + 1 })
        .where('id', '=', id)
        .where('version', '=', seen)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) return 'changed';
      await replaceWords(transaction, { id, ...row });
      return 'replaced';
    };
    try {
      return await this.#database.kysely.transaction().execute(work);
    } catch (error) {
      if (isTaken(error)) return 'taken';
      throw error;
    }
  }

  /** Within an organization, the tables themselves see to it that a username is one person's. */
  async #isNamesake(
    transaction: Transaction<Tables>,
    row: Pick<ReturnType<typeof fromAccount>, 'id' | 'username_key'>,
  ) {
    if (!this.#options.namesAreGlobal) return false;
    const other = await transaction
      .selectFrom('accounts')
      .select('id')
      .where('username_key', '=', row.username_key)
      .where('id', '<>', row.id)
      .limit(1)
      .executeTakeFirst();
    return other !== undefined;
  }
}
