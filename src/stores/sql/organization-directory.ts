import type { Organization } from '../../domain/organization.ts';
import type { Kept, OrganizationDirectory, Page, PageAsked, Replacement } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { pageOf, placeOf, rangeOf } from './keyset.ts';
import { fromOrganization, organizationColumns, toOrganization } from './organizations.ts';
import { isTaken } from './unique.ts';

export class SqlOrganizationDirectory implements OrganizationDirectory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async page({ limit, after, prefix = '' }: PageAsked & { readonly prefix?: string }): Promise<Page<Organization>> {
    const { kysely } = this.#database;
    const { from, to } = rangeOf(prefix);
    const ids = kysely.selectFrom('organizations').select('id');
    let rows = kysely
      .selectFrom('organizations')
      .select(organizationColumns)
      .orderBy('code_key')
      .limit(limit + 1);
    if (after !== undefined) rows = rows.where('code_key', '>', placeOf(after)[0]);
    if (from !== '') {
      // Each way of being found by an index of its own.
      const byCode = ids.where('code_key', '>=', from).where('code_key', '<=', to);
      const byName = ids.where('name_key', '>=', from).where('name_key', '<=', to);
      rows = rows.where('id', 'in', byCode.union(byName));
    }
    return pageOf(await rows.execute(), limit, { keys: (row) => [row.code_key], item: toOrganization });
  }

  async find(id: string): Promise<Kept<Organization> | undefined> {
    const row = await this.#database.kysely
      .selectFrom('organizations')
      .select([...organizationColumns, 'version'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row && { value: toOrganization(row), version: row.version };
  }

  async add(organization: Organization): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#database.kysely
      .insertInto('organizations')
      .values(fromOrganization(organization))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async replace(organization: Organization, seen: number): Promise<Replacement> {
    const { id, ...rest } = fromOrganization(organization);
    try {
      const { numUpdatedRows } = await this.#database.kysely
        .updateTable('organizations')
        .set({ ...rest, version: seen + 1 })
        .where('id', '=', id)
        .where('version', '=', seen)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n ? 'replaced' : 'changed';
    } catch (error) {
      if (isTaken(error)) return 'taken';
      throw error;
    }
  }

  async readiness(id: string): Promise<{ readonly people: number; readonly withoutFactor: number }> {
    const { kysely } = this.#database;
    const people = kysely.selectFrom('accounts').where('organization', '=', id).where('disabled', '=', 0);
    const without = people.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('enrolments')
            .select('enrolments.id')
            .whereRef('enrolments.account', '=', 'accounts.id')
            .where('provisional', '=', 0),
        ),
      ),
    );
    const count = async (some: typeof people) =>
      Number((await some.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
    return { people: await count(people), withoutFactor: await count(without) };
  }
}
