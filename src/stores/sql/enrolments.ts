import { sql } from 'kysely';
import type { Enrolment, EnrolmentSet } from '../../domain/enrolment.ts';
import type { FactorName } from '../../domain/factor.ts';
import type { Enrolments, Preparation, Vault } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { fromEnrolment } from './enrolment-row.ts';
import { setColumns, toSet } from './enrolment-set.ts';
import { lockSet, raiseVersion, takeSet } from './factor-set.ts';
import { prepare, type Slots } from './prepare.ts';
import type { EnrolmentsTable, Time } from './schema.ts';
import { enrolmentContext, LOOKUP } from './sealed.ts';

export class SqlEnrolments implements Enrolments {
  readonly #database: Database;
  readonly #vault: Vault;
  readonly #queries;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
    this.#queries = prepareQueries(database);
  }

  /** One query, so that set and enrolments are of the same moment. Oldest first. */
  async of(account: string): Promise<EnrolmentSet> {
    const { rows } = await this.#queries.of(this.#database, { account });
    return toSet(rows, this.#vault);
  }

  async holdersOf(lookup: string): Promise<readonly string[]> {
    const rows = await this.#database.kysely
      .selectFrom('enrolments')
      .select('account')
      .distinct()
      .where('lookup_digest', '=', this.#vault.digest(lookup, LOOKUP))
      .where('provisional', '=', 0)
      .execute();
    return rows.map(({ account }) => account);
  }

  add(enrolment: Enrolment, seen: number): Promise<boolean> {
    const row = fromEnrolment(enrolment, { vault: this.#vault, provisional: false });
    return this.#database.kysely.transaction().execute(async (transaction) => {
      if (!(await raiseVersion(transaction, enrolment.account, seen))) return false;
      await transaction
        .deleteFrom('enrolments')
        .where('account', '=', row.account)
        .where('factor', '=', row.factor)
        .where('provisional', '=', 1)
        .execute();
      await transaction.insertInto('enrolments').values(row).execute();
      return true;
    });
  }

  async replace(
    enrolment: Pick<Enrolment, 'id' | 'account' | 'factor' | 'secret' | 'version' | 'lastUsedAt'>,
  ): Promise<boolean> {
    const { id, account, factor, version, lastUsedAt = null } = enrolment;
    const secret = this.#vault.seal(JSON.stringify(enrolment.secret), enrolmentContext(enrolment));
    const values = { id, account, factor, secret, version, lastUsedAt };
    const { numAffectedRows } = await this.#queries.replace(this.#database, values);
    return numAffectedRows === 1n;
  }

  async fail(id: string, limit: number, now: number): Promise<boolean> {
    const { rows } = await this.#queries.fail(this.#database, { id, limit, now });
    return rows[0] !== undefined && rows[0].switched_off_at !== null;
  }

  async remove(account: string, ids?: readonly string[], seen?: number): Promise<boolean> {
    return this.#database.kysely.transaction().execute(async (transaction) => {
      // The set first, as in `add`: whoever has its row has the account's enrolments to itself.
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('factor_sets')
        .values({ account, version: 1, epoch: 1, ever_held: 0, to_set_up: 0 })
        .onConflict((conflict) => {
          const raised = conflict.column('account').doUpdateSet((eb) => ({
            version: eb('factor_sets.version', '+', 1),
            epoch: eb('factor_sets.epoch', '+', 1),
          }));
          return seen === undefined ? raised : raised.where('factor_sets.version', '=', seen);
        })
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return false;
      const all = transaction.deleteFrom('enrolments').where('account', '=', account);
      // A list without ids in it is no valid SQL, and names nothing.
      if (ids === undefined) await all.execute();
      else if (ids.length > 0) await all.where('id', 'in', ids).execute();
      return true;
    });
  }

  prepare(account: string, { prepared, removed, toSetUp }: Preparation, seen: number): Promise<boolean> {
    const vault = this.#vault;
    const rows = prepared.map((one) => fromEnrolment(one, { vault, provisional: true }));
    return this.#database.kysely.transaction().execute(async (transaction) => {
      if (!(await takeSet(transaction, account, seen))) return false;
      let held = 0n;
      if (removed.length > 0) {
        const going = transaction.deleteFrom('enrolments').where('account', '=', account).where('id', 'in', removed);
        const gone = await going.where('provisional', '=', 0).executeTakeFirstOrThrow();
        held = gone.numDeletedRows;
        await going.execute();
      }
      if (rows.length > 0) await transaction.insertInto('enrolments').values(rows).execute();
      if (held === 0n) return true;
      await transaction
        .updateTable('factor_sets')
        .set((eb) => ({ epoch: eb('epoch', '+', 1), ...(toSetUp && { to_set_up: 1 as const }) }))
        .where('account', '=', account)
        .execute();
      return true;
    });
  }

  async prefer(account: string, factor: FactorName): Promise<void> {
    await this.#database.kysely
      .updateTable('factor_sets')
      .set({ preferred: factor })
      .where('account', '=', account)
      .execute();
  }

  async reset(account: string, spent?: Pick<Enrolment, 'id' | 'version'>): Promise<boolean> {
    return this.#database.kysely.transaction().execute(async (transaction) => {
      await lockSet(transaction, account);
      const held = transaction.deleteFrom('enrolments').where('account', '=', account).where('provisional', '=', 0);
      if (spent !== undefined) {
        const { numDeletedRows } = await held
          .where('id', '=', spent.id)
          .where('version', '=', spent.version)
          .where('switched_off_at', 'is', null)
          .executeTakeFirstOrThrow();
        if (numDeletedRows !== 1n) return false;
      }
      await held.execute();
      await transaction
        .insertInto('factor_sets')
        .values({ account, version: 1, epoch: 1, ever_held: 0, to_set_up: 0 })
        .onConflict((conflict) =>
          conflict.column('account').doUpdateSet((eb) => ({
            version: eb('factor_sets.version', '+', 1),
            epoch: eb('factor_sets.epoch', '+', 1),
            to_set_up: eb.ref('factor_sets.ever_held'),
          })),
        )
        .execute();
      return true;
    });
  }
}

type Replacement = Pick<EnrolmentsTable, 'id' | 'account' | 'factor' | 'secret' | 'version'> & {
  lastUsedAt: Time | null;
};

function prepareQueries({ kysely }: Database) {
  return {
    of: prepare((slots: Slots<{ account: string }>) =>
      kysely
        .selectFrom('factor_sets as set')
        .leftJoin('enrolments as held', 'held.account', 'set.account')
        .select(setColumns)
        .where('set.account', '=', slots.account)
        .orderBy('held.created_at')
        .orderBy('held.id'),
    ),
    replace: prepare((slots: Slots<Replacement>) =>
      kysely
        .updateTable('enrolments')
        .set((eb) => ({
          secret: slots.secret,
          version: eb('version', '+', 1),
          last_used_at: eb.fn.coalesce(slots.lastUsedAt, 'last_used_at'),
          failures: 0,
        }))
        .where('id', '=', slots.id)
        .where('account', '=', slots.account)
        .where('factor', '=', slots.factor)
        .where('version', '=', slots.version)
        .where('switched_off_at', 'is', null),
    ),
    fail: prepare((slots: Slots<{ id: string; limit: number; now: Time }>) =>
      kysely
        .updateTable('enrolments')
        .set((eb) => ({
          failures: eb('failures', '+', 1),
          switched_off_at: sql<Time | null>`case when failures + 1 >= ${slots.limit} then cast(${slots.now} as bigint) end`,
        }))
        .where('id', '=', slots.id)
        .where('switched_off_at', 'is', null)
        .returning('switched_off_at'),
    ),
  };
}
