import type { Kysely } from 'kysely';
import type { SigningKeys, Vault } from '../../domain/ports.ts';
import type { SigningKey } from '../../domain/signing-key.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import { signingKeyContext } from './sealed.ts';

export class SqlSigningKeys implements SigningKeys {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  async all(): Promise<readonly SigningKey[]> {
    const rows = await this.#database.kysely
      .selectFrom('signing_keys')
      .select(['id', 'algorithm', 'jwk', 'created_at', 'signs_from'])
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(({ id, algorithm, jwk, created_at: createdAt, signs_from: signsFrom }) => ({
      id,
      algorithm,
      jwk: JSON.parse(this.#vault.open(jwk, signingKeyContext(id))),
      createdAt,
      signsFrom: signsFrom ?? createdAt,
    }));
  }

  add(key: SigningKey): Promise<boolean> {
    return this.#add(this.#database.kysely, key);
  }

  addFirst(key: SigningKey): Promise<boolean> {
    return this.#database.alone(async (transaction) => {
      const standing = await transaction
        .selectFrom('signing_keys')
        .select('id')
        .where('algorithm', '=', key.algorithm)
        .limit(1)
        .execute();
      return standing.length === 0 && (await this.#add(transaction, key));
    });
  }

  addNext(key: SigningKey, now: number): Promise<boolean> {
    return this.#database.alone(async (transaction) => {
      const waiting = await transaction
        .selectFrom('signing_keys')
        .select('id')
        .where('algorithm', '=', key.algorithm)
        .where('signs_from', '>', now)
        .limit(1)
        .execute();
      return waiting.length === 0 && (await this.#add(transaction, key));
    });
  }

  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.kysely
      .deleteFrom('signing_keys')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numDeletedRows === 1n;
  }

  async #add(db: Kysely<Tables>, { id, algorithm, jwk, createdAt, signsFrom }: SigningKey): Promise<boolean> {
    const sealed = this.#vault.seal(JSON.stringify(jwk), signingKeyContext(id));
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('signing_keys')
      .values({ id, algorithm, jwk: sealed, created_at: createdAt, signs_from: signsFrom })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
}
