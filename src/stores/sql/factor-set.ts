import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** False when the set is no longer at the version that was seen. Version 0 is a set that has no row yet. */
export async function raiseVersion(db: Kysely<Tables>, account: string, seen: number): Promise<boolean> {
  if (seen === 0) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('factor_sets')
      .values({ account, version: 1, epoch: 0, ever_held: 1, to_set_up: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await db
    .updateTable('factor_sets')
    .set({ version: seen + 1, ever_held: 1, to_set_up: 0 })
    .where('account', '=', account)
    .where('version', '=', seen)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Raises the version, and nothing else; false when it is no longer the one that was seen. */
export async function takeSet(db: Kysely<Tables>, account: string, seen: number): Promise<boolean> {
  if (seen === 0) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('factor_sets')
      .values({ account, version: 1, epoch: 0, ever_held: 0, to_set_up: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await db
    .updateTable('factor_sets')
    .set({ version: seen + 1 })
    .where('account', '=', account)
    .where('version', '=', seen)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Whoever has the row of the set has the account's enrolments to itself: everything that changes them takes it first. */
export async function lockSet(db: Kysely<Tables>, account: string): Promise<void> {
  await db
    .updateTable('factor_sets')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('account', '=', account)
    .execute();
}
