import type { Client } from '../../domain/client.ts';
import type { ClientDirectory, Kept, Page, PageAsked, Replacement, Vault } from '../../domain/ports.ts';
import { clientColumns, fromClient, toClient } from './clients.ts';
import type { Database } from './database.ts';
import { pageOf, placeOf, rangeOf } from './keyset.ts';

export class SqlClientDirectory implements ClientDirectory {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  async page({ limit, after, prefix = '' }: PageAsked & { readonly prefix?: string }): Promise<Page<Kept<Client>>> {
    const { kysely } = this.#database;
    const { from, to } = rangeOf(prefix);
    const ids = kysely.selectFrom('clients').select('id');
    let rows = kysely
      .selectFrom('clients')
      .select([...clientColumns, 'version'])
      .orderBy('name_key')
      .orderBy('id')
      .limit(limit + 1);
    if (after !== undefined) {
      const [name, id] = placeOf(after);
      rows = rows.where(({ eb, refTuple, tuple }) => eb(refTuple('name_key', 'id'), '>', tuple(name, id)));
    }
    if (from !== '') {
      const byName = ids.where('name_key', '>=', from).where('name_key', '<=', to);
      // Ids are compared as they are: `Web` and `web` are two.
      const exact = rangeOf(prefix, (given) => given.trim());
      const byId = ids.where('id', '>=', exact.from).where('id', '<=', exact.to);
      rows = rows.where('id', 'in', byName.union(byId));
    }
    return pageOf(await rows.execute(), limit, {
      keys: (row) => [row.name_key, row.id],
      item: (row) => ({ value: toClient(row, this.#vault), version: row.version }),
    });
  }

  async find(id: string): Promise<Kept<Client> | undefined> {
    const row = await this.#database.kysely
      .selectFrom('clients')
      .select([...clientColumns, 'version'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row && { value: toClient(row, this.#vault), version: row.version };
  }

  async add(client: Client): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#database.kysely
      .insertInto('clients')
      .values(fromClient(client, this.#vault))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async replace(client: Client, seen: number): Promise<Exclude<Replacement, 'taken'>> {
    const { id, ...rest } = fromClient(client, this.#vault);
    const { numUpdatedRows } = await this.#database.kysely
      .updateTable('clients')
      .set({ ...rest, version: seen + 1 })
      .where('id', '=', id)
      .where('version', '=', seen)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n ? 'replaced' : 'changed';
  }

  async remove(id: string, seen: number): Promise<boolean> {
    const { numDeletedRows } = await this.#database.kysely
      .deleteFrom('clients')
      .where('id', '=', id)
      .where('version', '=', seen)
      .executeTakeFirstOrThrow();
    return numDeletedRows === 1n;
  }
}
