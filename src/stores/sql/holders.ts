import type { Holder, Holders, Vault } from '../../domain/ports.ts';
import { accountColumns, toAccount } from './account-row.ts';
import type { Database } from './database.ts';
import { setColumns, toSet } from './enrolment-set.ts';
import { prepare, type Slots } from './prepare.ts';

/** Accounts of Sluis's own table with what they have set up, in one query: of one moment, and for the price of one. */
export class SqlHolders implements Holders {
  readonly #database: Database;
  readonly #vault: Vault;
  readonly #byId;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
    this.#byId = prepareById(database);
  }

  async byId(id: string): Promise<Holder | undefined> {
    const { rows } = await this.#byId(this.#database, { id });
    const [first] = rows;
    return first && { account: toAccount({ ...first, id }), set: toSet(rows, this.#vault) };
  }
}

function prepareById({ kysely }: Database) {
  return prepare((slots: Slots<{ id: string }>) =>
    kysely
      .selectFrom('accounts')
      .leftJoin('factor_sets as set', 'set.account', 'accounts.id')
      .leftJoin('enrolments as held', 'held.account', 'accounts.id')
      .select(accountColumns.filter(isNotId).map((column) => `accounts.${column}` as const))
      .select(setColumns)
      .where('accounts.id', '=', slots.id)
      .orderBy('held.created_at')
      .orderBy('held.id'),
  );
}

type Column = (typeof accountColumns)[number];

/** In these rows `id` names the enrolment; the account's is what was asked for. */
function isNotId(column: Column): column is Exclude<Column, 'id'> {
  return column !== 'id';
}
