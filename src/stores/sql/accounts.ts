import { sql } from 'kysely';
import type { Account } from '../../domain/account.ts';
import { comparable } from '../../domain/comparable.ts';
import type { AccountSource, Hasher } from '../../domain/ports.ts';
import { accountColumns, toAccount } from './account-row.ts';
import type { Database } from './database.ts';
import { prepare, type Slots } from './prepare.ts';
import type { Flag } from './schema.ts';

/** The scheme and costs of an encoded hash, to be kept beside it; undefined for one that is not accepted. */
export type KindOf = (encoded: string) => string | undefined;

/** Accounts in Sluis's own table. */
export class SqlAccounts implements AccountSource {
  readonly #database: Database;
  readonly #hasher: Hasher;
  readonly #kindOf: KindOf;
  readonly #queries;

  constructor(database: Database, hasher: Hasher, kindOf: KindOf) {
    this.#database = database;
    this.#hasher = hasher;
    this.#kindOf = kindOf;
    this.#queries = prepareQueries(database);
  }

  /** A username goes before an address. A name that several accounts have, or only an address that several have, is nobody's. */
  async byName(name: string, organization?: string): Promise<Account | undefined> {
    const key = comparable(name);
    const db = this.#database.kysely;
    const { rows } =
      organization === undefined
        ? await this.#queries.byNameAnywhere(db, { key })
        : await this.#queries.byName(db, { key, organization });
    const [first, second] = rows;
    if (first === undefined || second?.by_username === first.by_username) return undefined;
    return toAccount(first);
  }

  async byId(id: string): Promise<Account | undefined> {
    const { rows } = await this.#queries.byId(this.#database.kysely, { id });
    return rows[0] && toAccount(rows[0]);
  }

  /**
   * One query and one call of the hasher, whoever is asked for. After a right password, a hash of another scheme
   * or of other costs is replaced; the epoch stays, because the password does.
   */
  async verifyPassword(account: Account | undefined, password: string): Promise<boolean> {
    const { rows } = await this.#queries.passwordOf(this.#database.kysely, { id: account?.id ?? '' });
    const encoded = rows[0]?.password_hash ?? undefined;
    const right = await this.#hasher.verify(encoded, password);
    if (!right || encoded === undefined) return false;
    if (this.#hasher.isOutdated(encoded)) await this.#rehash(rows[0]?.id ?? '', encoded, password);
    return true;
  }

  /** @throws when there is no such account */
  async setPassword(account: string, password: string): Promise<void> {
    const hash = await this.#hasher.hash(password);
    const { numUpdatedRows } = await this.#database.kysely
      .updateTable('accounts')
      .set((eb) => ({ password_hash: hash, password_kind: this.#kindOf(hash) ?? null, epoch: eb('epoch', '+', 1) }))
      .where('id', '=', account)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new Error('no account has this id');
  }

  /** Does nothing when the password was changed meanwhile. */
  async #rehash(id: string, old: string, password: string): Promise<void> {
    const hash = await this.#hasher.hash(password);
    await this.#database.kysely
      .updateTable('accounts')
      .set({ password_hash: hash, password_kind: this.#kindOf(hash) ?? null })
      .where('id', '=', id)
      .where('password_hash', '=', old)
      .execute();
  }
}

function prepareQueries({ kysely }: Database) {
  const named = (key: Slots<{ key: string }>['key']) =>
    kysely
      .selectFrom('accounts')
      .select(accountColumns)
      .select(sql<Flag>`case when username_key = ${key} then 1 else 0 end`.as('by_username'))
      .where((eb) =>
        eb.or([eb('username_key', '=', key), eb.and([eb('email_key', '=', key), eb('email_verified', '=', 1)])]),
      )
      .orderBy('by_username', 'desc')
      .limit(2);
  const byId = kysely.selectFrom('accounts');
  return {
    byName: prepare((slots: Slots<{ key: string; organization: string }>) =>
      named(slots.key).where('organization', '=', slots.organization),
    ),
    byNameAnywhere: prepare((slots: Slots<{ key: string }>) => named(slots.key)),
    byId: prepare((slots: Slots<{ id: string }>) => byId.select(accountColumns).where('id', '=', slots.id)),
    /** Of who may sign in. */
    passwordOf: prepare((slots: Slots<{ id: string }>) =>
      byId.select(['id', 'password_hash']).where('id', '=', slots.id).where('disabled', '=', 0),
    ),
  };
}
