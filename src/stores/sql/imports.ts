import type { Insertable, InsertObject, Transaction } from 'kysely';
import type { Account } from '../../domain/account.ts';
import { comparable } from '../../domain/comparable.ts';
import type { Hasher, ImportBatch, ImportedAccount, Imports, ImportTally, Vault } from '../../domain/ports.ts';
import { fromAccount } from './account-row.ts';
import { addWords } from './account-words.ts';
import { fromClient } from './clients.ts';
import type { Database } from './database.ts';
import { fromEnrolment } from './enrolment-row.ts';
import { erasedAmong } from './erased-ids.ts';
import { toFlag } from './json.ts';
import { fromOrganization } from './organizations.ts';
import { present } from './present.ts';
import type { AccountsTable, Tables } from './schema.ts';
import { slices } from './slices.ts';

/** Rows in one statement: SQLite bears 32,766 parameters, and an account has 20. */
const AT_ONCE = 500;

export class SqlImports implements Imports {
  readonly #database: Database;
  readonly #vault: Vault;
  readonly #hasher: Pick<Hasher, 'kindOf'>;

  constructor(database: Database, vault: Vault, hasher: Pick<Hasher, 'kindOf'>) {
    this.#database = database;
    this.#vault = vault;
    this.#hasher = hasher;
  }

  async standing(
    usernames: readonly string[],
    ids: readonly string[],
  ): Promise<readonly Pick<Account, 'id' | 'organization' | 'username'>[]> {
    if (usernames.length === 0 && ids.length === 0) return [];
    const rows = await this.#database.kysely
      .selectFrom('accounts')
      .select(['id', 'organization', 'username'])
      .where((eb) =>
        eb.or([
          ...(usernames.length > 0 ? [eb('username_key', 'in', usernames.map(comparable))] : []),
          ...(ids.length > 0 ? [eb('id', 'in', ids)] : []),
        ]),
      )
      .execute();
    return rows.map(({ id, username, organization }) => ({ id, username, ...present({ organization }) }));
  }

  erased(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return erasedAmong(this.#database.kysely, ids);
  }

  /** On SQLite the batches hold the one connection: they must not ask this database for anything. */
  addAll(batches: AsyncIterable<ImportBatch>): Promise<ImportTally> {
    return this.#database.kysely.transaction().execute(async (transaction) => {
      const added = { organizations: 0, accounts: 0, clients: 0 };
      for await (const { organizations, accounts, clients } of batches) {
        for (const slice of slices(organizations, AT_ONCE)) {
          added.organizations += await this.#addTo(transaction, 'organizations', slice.map(fromOrganization));
        }
        for (const slice of slices(clients, AT_ONCE)) {
          const rows = slice.map((client) => fromClient(client, this.#vault));
          added.clients += await this.#addTo(transaction, 'clients', rows);
        }
        for (const slice of slices(accounts, AT_ONCE)) added.accounts += await this.#addAccounts(transaction, slice);
      }
      return added;
    });
  }

  async #addTo<Table extends 'organizations' | 'clients'>(
    transaction: Transaction<Tables>,
    table: Table,
    rows: readonly InsertObject<Tables, 'organizations' | 'clients'>[],
  ): Promise<number> {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto<'organizations' | 'clients'>(table)
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return Number(numInsertedOrUpdatedRows);
  }

  async #addAccounts(transaction: Transaction<Tables>, given: readonly ImportedAccount[]): Promise<number> {
    const erased = await erasedAmong(
      transaction,
      given.map(({ account }) => account.id),
    );
    const imported = given.filter(({ account }) => !erased.has(account.id));
    if (imported.length === 0) return 0;
    const added = await transaction
      .insertInto('accounts')
      .values(imported.map((one) => this.#accountRow(one)))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
    const ids = new Set(added.map(({ id }) => id));
    const fresh = imported.filter(({ account }) => ids.has(account.id));
    await addWords(
      transaction,
      fresh.map(({ account }) => fromAccount(account)),
    );
    const sets = fresh
      .filter(({ enrolments, provisional = [] }) => enrolments.length + provisional.length > 0)
      .map(({ account, enrolments }) => ({
        account: account.id,
        version: 1,
        epoch: 0,
        ever_held: toFlag(enrolments.length > 0),
        to_set_up: 0 as const,
      }));
    for (const slice of slices(sets, AT_ONCE)) await transaction.insertInto('factor_sets').values(slice).execute();
    const vault = this.#vault;
    const rows = fresh.flatMap(({ enrolments, provisional = [] }) => [
      ...enrolments.map((one) => fromEnrolment(one, { vault, provisional: false })),
      ...provisional.map((one) => fromEnrolment(one, { vault, provisional: true })),
    ]);
    for (const slice of slices(rows, AT_ONCE)) await transaction.insertInto('enrolments').values(slice).execute();
    return ids.size;
  }

  #accountRow({ account, passwordHash }: ImportedAccount): Insertable<AccountsTable> {
    return {
      ...fromAccount(account),
      password_hash: passwordHash ?? null,
      password_kind: (passwordHash && this.#hasher.kindOf(passwordHash)) ?? null,
    };
  }
}
