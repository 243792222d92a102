import type { Transaction } from 'kysely';
import type { Account } from '../../domain/account.ts';
import type { Page, Reminder, ReminderStep, Reminders, RemindersAsked, Vault } from '../../domain/ports.ts';
import { listAccounts } from './account-pages.ts';
import type { Database } from './database.ts';
import { toFlag } from './json.ts';
import { mailRow } from './mail-queue.ts';
import type { Tables } from './schema.ts';

export class SqlReminders implements Reminders {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  async due({ kind, after, until, limit }: RemindersAsked): Promise<readonly Reminder[]> {
    const rows = await this.#database.kysely
      .selectFrom('organizations')
      .leftJoin('reminders', (join) =>
        join
          .onRef('reminders.organization', '=', 'organizations.id')
          .onRef('reminders.date', '=', 'organizations.second_factor_from')
          .on('reminders.kind', '=', kind),
      )
      .select(['organizations.id', 'organizations.name', 'second_factor_from', 'place'])
      .where('second_factor_required', '=', 1)
      .where('second_factor_from', '>', after)
      .where('second_factor_from', '<=', until)
      .where(({ eb, or }) => or([eb('over', 'is', null), eb('over', '=', 0)]))
      .orderBy('second_factor_from')
      .orderBy('organizations.id')
      .limit(limit)
      .execute();
    return rows.flatMap(({ id, name, second_factor_from: from, place }) =>
      from === null ? [] : [{ kind, organization: { id, name }, from, ...(place !== null && { after: place }) }],
    );
  }

  async people({ organization, after }: Reminder, limit: number): Promise<Page<Account>> {
    const { items, ...rest } = await listAccounts(this.#database, {
      organization: organization.id,
      limit,
      ...(after !== undefined && { after }),
    });
    const able = items.filter(({ disabled }) => !disabled);
    const holders = await this.#holdersAmong(able.map(({ id }) => id));
    return { ...rest, items: able.filter(({ id }) => !holders.has(id)) };
  }

  moveOn(reminder: Reminder, { next, mails, now }: ReminderStep): Promise<boolean> {
    return this.#database.kysely.transaction().execute(async (transaction) => {
      if (!(await isMoved(transaction, reminder, next))) return false;
      const rows = mails.map((mail) => mailRow(this.#vault, mail, now));
      if (rows.length > 0) await transaction.insertInto('mails').values(rows).execute();
      return true;
    });
  }

  async #holdersAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#database.kysely
      .selectFrom('enrolments')
      .select('account')
      .where('account', 'in', ids)
      .where('provisional', '=', 0)
      .execute();
    return new Set(rows.map(({ account }) => account));
  }
}

/** Moves a reminder on from where it was seen; one process alone can. */
async function isMoved(transaction: Transaction<Tables>, seen: Reminder, next?: string): Promise<boolean> {
  const { kind, organization, from, after } = seen;
  const reached = { place: next ?? after ?? '', over: toFlag(next === undefined) };
  if (after === undefined) {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('reminders')
      .values({ organization: organization.id, date: from, kind, ...reached })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await transaction
    .updateTable('reminders')
    .set(reached)
    .where('organization', '=', organization.id)
    .where('date', '=', from)
    .where('kind', '=', kind)
    .where('place', '=', after)
    .where('over', '=', 0)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
