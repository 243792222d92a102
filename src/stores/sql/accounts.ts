import { type RawBuilder, sql } from 'kysely';
import type { Account } from '../../domain/account.ts';
import { comparable } from '../../domain/comparable.ts';
import { Failure } from '../../domain/failure.ts';
import type { Locale } from '../../domain/locale.ts';
import type { AccountSource, Hasher } from '../../domain/ports.ts';
import { accountColumns, toAccount } from './account-row.ts';
import { replaceWords } from './account-words.ts';
import type { Database } from './database.ts';
import { toFlag } from './json.ts';
import { prepare, type Slots } from './prepare.ts';
import type { Flag } from './schema.ts';

/** Accounts in Sluis's own table. */
export class SqlAccounts implements AccountSource {
  readonly #database: Database;
  readonly #hasher: Hasher;
  readonly #queries;

  constructor(database: Database, hasher: Hasher) {
    this.#database = database;
    this.#hasher = hasher;
    this.#queries = prepareQueries(database);
  }

  /** A username goes before an address. A name that several accounts have, or only an address that several have, is nobody's. */
  async byName(name: string, organization?: string | null): Promise<Account | undefined> {
    const key = comparable(name);
    const { rows } = await this.#named(key, organization);
    const [first, second] = rows;
    if (first === undefined || second?.by_username === first.by_username) return undefined;
    return toAccount(first);
  }

  #named(key: string, organization: string | null | undefined) {
    const database = this.#database;
    if (organization === undefined) return this.#queries.byNameAnywhere(database, { key });
    if (organization === null) return this.#queries.byNameAlone(database, { key });
    return this.#queries.byName(database, { key, organization });
  }

  async byId(id: string): Promise<Account | undefined> {
    const { rows } = await this.#queries.byId(this.#database, { id });
    return rows[0] && toAccount(rows[0]);
  }

  /**
   * One query and one call of the hasher, whoever is asked for. After a right password, a hash of another scheme
   * or of other costs is replaced; the epoch stays, because the password does.
   */
  async verifyPassword(account: Account | undefined, password: string): Promise<boolean> {
    const { rows } = await this.#queries.passwordOf(this.#database, { id: account?.id ?? '' });
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
      .set((eb) => ({
        password_hash: hash,
        password_kind: this.#hasher.kindOf(hash) ?? null,
        epoch: eb('epoch', '+', 1),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', account)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new Error('no account has this id');
  }

  async confirmEmail(account: string, address: string): Promise<void> {
    await this.#database.kysely
      .updateTable('accounts')
      .set((eb) => ({ email_verified: 1, version: eb('version', '+', 1) }))
      .where('id', '=', account)
      .where('email', '=', address)
      .where('email_verified', '=', 0)
      .execute();
  }

  async setEmail(
    account: string,
    address: string,
    { verified, epoch }: { readonly verified: boolean; readonly epoch: number },
  ): Promise<boolean> {
    return this.#database.kysely.transaction().execute(async (transaction) => {
      const changed = await transaction
        .updateTable('accounts')
        .set((eb) => ({
          email: address,
          email_key: comparable(address),
          email_verified: toFlag(verified),
          epoch: eb('epoch', '+', 1),
          version: eb('version', '+', 1),
        }))
        .where('id', '=', account)
        .where('epoch', '=', epoch)
        .returningAll()
        .executeTakeFirst();
      if (changed !== undefined) await replaceWords(transaction, changed);
      return changed !== undefined;
    });
  }

  async setLocale(account: string, locale: Locale): Promise<void> {
    await this.#database.kysely
      .updateTable('accounts')
      .set((eb) => ({ locale, version: eb('version', '+', 1) }))
      .where('id', '=', account)
      .execute();
  }

  /** Ids of the accounts that may sign in, have no password yet and can be written to; up to `limit` after the id `after`. */
  async withoutPassword(after: string, limit: number): Promise<readonly string[]> {
    const rows = await this.#database.kysely
      .selectFrom('accounts')
      .select('id')
      .where('password_hash', 'is', null)
      .where('email', 'is not', null)
      .where('disabled', '=', 0)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Whether people of different organizations have the same username: then a name alone does not say who is meant. */
  async shareUsernames(): Promise<boolean> {
    const shared = await this.#database.kysely
      .selectFrom('accounts')
      .select('username_key')
      .groupBy('username_key')
      .having((eb) => eb.fn.countAll(), '>', 1)
      .limit(1)
      .executeTakeFirst();
    return shared !== undefined;
  }

  /** Does nothing when the password was changed meanwhile, or there is too much else to hash: the next sign-in will do it. */
  async #rehash(id: string, old: string, password: string): Promise<void> {
    const hash = await this.#hasher.hash(password).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'busy') return undefined;
      throw error;
    });
    if (hash === undefined) return;
    await this.#database.kysely
      .updateTable('accounts')
      .set({ password_hash: hash, password_kind: this.#hasher.kindOf(hash) ?? null })
      .where('id', '=', id)
      .where('password_hash', '=', old)
      .execute();
  }
}

type Name = { key: string; organization: string };

function prepareQueries({ kysely }: Database) {
  const all = kysely.selectFrom('accounts');
  // Each way of being named by an index of its own; with `or`, SQLite reads the whole organization.
  const named = (candidates: typeof all, key: RawBuilder<string>) =>
    all
      .select(accountColumns)
      .select(sql<Flag>`case when username_key = ${key} then 1 else 0 end`.as('by_username'))
      .where(
        'id',
        'in',
        candidates
          .where('username_key', '=', key)
          .select('id')
          .union(candidates.where('email_key', '=', key).where('email_verified', '=', 1).select('id')),
      )
      .orderBy('by_username', 'desc')
      .limit(2);
  return {
    byName: prepare(({ key, organization }: Slots<Name>) => named(all.where('organization', '=', organization), key)),
    byNameAlone: prepare(({ key }: Slots<Pick<Name, 'key'>>) => named(all.where('organization', 'is', null), key)),
    byNameAnywhere: prepare(({ key }: Slots<Pick<Name, 'key'>>) => named(all, key)),
    byId: prepare(({ id }: Slots<{ id: string }>) => all.select(accountColumns).where('id', '=', id)),
    /** Of who may sign in. */
    passwordOf: prepare(({ id }: Slots<{ id: string }>) =>
      all.select(['id', 'password_hash']).where('id', '=', id).where('disabled', '=', 0),
    ),
  };
}
