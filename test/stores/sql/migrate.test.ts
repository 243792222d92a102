import { expect } from 'chai';
import { sql } from 'kysely';
import { SqlClientDirectory } from '../../../src/stores/sql/client-directory.ts';
import type { Database } from '../../../src/stores/sql/database.ts';
import { migrate } from '../../../src/stores/sql/migrate.ts';
import { migrations } from '../../../src/stores/sql/migrations/index.ts';
import { SqlOrganizationDirectory } from '../../../src/stores/sql/organization-directory.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';

/** A database as an earlier program left it: the first migrations alone. */
async function migrateFirst(database: Database, count: number): Promise<void> {
  await database.alone(async (transaction) => {
    const table = transaction.schema.createTable('migrations');
    await table.addColumn('number', 'integer').addColumn('name', 'text').execute();
    for (const [index, { name, up }] of migrations.slice(0, count).entries()) {
      await up(transaction.schema, database.dialect, transaction);
      await transaction
        .insertInto('migrations')
        .values({ number: index + 1, name })
        .execute();
    }
  });
}

describe('migrate', () => {
  onEveryDatabase((_, empty) => {
    const names = migrations.map(({ name }) => name);

    it('makes the tables once', async () => {
      const { database, another, close } = await empty();
      expect(await migrate(database)).to.deep.equal(names);
      expect(await migrate(database)).to.deep.equal([]);
      expect(await migrate(another())).to.deep.equal([]);
      await close();
    });

    it('is run by one of several processes that start at once', async () => {
      const { another, close } = await empty();
      const ran = await Promise.all(Array.from({ length: 6 }, () => migrate(another())));
      expect(ran.flat()).to.deep.equal(names);
      await close();
    });

    it('lets organizations and clients of before be found by their names', async () => {
      const { database, close } = await empty();
      const before = names.indexOf('0015-directories');
      expect(before).to.be.greaterThan(0);
      await migrateFirst(database, before);
      const { kysely } = database;
      await sql`insert into organizations (id, code, code_key, name, second_factor_required, first_set_up, permits_waived,
        number_change, passkeys_count_as_both) values ('o1', 'MOLEN', 'molen', 'DE Zuidmolen', 0, 'open', 0, 1, 1)`.execute(
        kysely,
      );
      await sql`insert into clients (id, name, first_party, pkce_required, metadata)
        values ('c1', 'ＩＮtranet', 0, 1, '{}')`.execute(kysely);
      expect(await migrate(database)).to.deep.equal(names.slice(before));
      const asked = { limit: 10 };
      const offices = await new SqlOrganizationDirectory(database).page({ ...asked, prefix: 'de zuid' });
      expect(offices.items.map(({ id }) => id)).to.deep.equal(['o1']);
      const applications = await new SqlClientDirectory(database, keyring).page({ ...asked, prefix: 'Intra' });
      expect(applications.items.map(({ value }) => value.id)).to.deep.equal(['c1']);
      await close();
    });

    it('refuses a database of a newer program', async () => {
      const { database, close } = await empty();
      await migrate(database);
      const newer = migrations.length + 1;
      await database.kysely.insertInto('migrations').values({ number: newer, name: 'from the future' }).execute();
      const message = await migrate(database).catch((error: Error) => error.message);
      expect(message).to.equal(
        `the database is at version ${newer} and this program knows ${migrations.length}: it needs the program that made it, or a newer one`,
      );
      await close();
    });
  });
});
