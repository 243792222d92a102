import { randomUUID } from 'node:crypto';
import type { Claim, Repeatable, Repetitions, Vault } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { answerContext } from './sealed.ts';

export class SqlRepetitions implements Repetitions {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  async claim({ key, request }: Repeatable, times: { readonly now: number; readonly until: number }): Promise<Claim> {
    const { kysely } = this.#database;
    const { now, until } = times;
    await kysely.deleteFrom('repetitions').where('until', '<=', now).execute();
    const claim = randomUUID();
    const { numInsertedOrUpdatedRows } = await kysely
      .insertInto('repetitions')
      .values({ id: key, request, claim, answer: null, until })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return { state: 'first', claim };
    const found = await kysely.selectFrom('repetitions').selectAll().where('id', '=', key).executeTakeFirst();
    // Whoever had it let go of it between the two: who asks again finds it free.
    if (found === undefined) return { state: 'running' };
    if (found.request !== request) return { state: 'another' };
    if (found.answer === null) return { state: 'running' };
    return { state: 'answered', answer: this.#vault.open(found.answer, answerContext(key)) };
  }

  async answer(
    key: string,
    { claim, answer, until }: { readonly claim: string; readonly answer: string; readonly until: number },
  ): Promise<void> {
    await this.#database.kysely
      .updateTable('repetitions')
      .set({ answer: this.#vault.seal(answer, answerContext(key)), until })
      .where('id', '=', key)
      .where('claim', '=', claim)
      .execute();
  }

  async release(key: string, claim: string): Promise<void> {
    await this.#database.kysely.deleteFrom('repetitions').where('id', '=', key).where('claim', '=', claim).execute();
  }
}
