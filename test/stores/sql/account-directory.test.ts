import { expect } from 'chai';
import { type Compilable, sql } from 'kysely';
import { SqlAccountDirectory } from '../../../src/stores/sql/account-directory.ts';
import { usernameQuery, wordQuery } from '../../../src/stores/sql/account-pages.ts';
import type { Database } from '../../../src/stores/sql/database.ts';
import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { accountWords } from '../../../src/stores/sql/migrations/0013-account-words.ts';
import { SqlOrganizations } from '../../../src/stores/sql/organizations.ts';
import { accountDirectoryContract, person } from '../../contracts/account-directory.ts';
import { type Fresh, onEveryDatabase } from './databases.ts';
import { batches, keyring, organization, SmallHasher } from './fixtures.ts';

const apart = { namesAreGlobal: false };

describe('SqlAccountDirectory', () => {
  onEveryDatabase((migrated) => {
    accountDirectoryContract(async () => {
      const { database, another, close } = await migrated();
      const organizations = new SqlOrganizations(database);
      for (const id of ['north', 'south']) await organizations.save(organization(id));
      return {
        accounts: new SqlAccountDirectory(database, apart),
        others: new SqlAccountDirectory(another(), apart),
        global: new SqlAccountDirectory(database, { namesAreGlobal: true }),
        close,
      };
    });

    describe('with many accounts', () => {
      let fresh: Fresh;
      let accounts: SqlAccountDirectory;

      before(async () => {
        fresh = await migrated();
        accounts = new SqlAccountDirectory(fresh.database, apart);
        const imports = new SqlImports(fresh.database, keyring, new SmallHasher());
        const people = Array.from({ length: 3_000 }, (_, index) => ({
          account: person(`id ${String(index).padStart(4, '0')}`, {
            username: `user${index}`,
            organization: index % 3 === 0 ? 'south' : 'north',
            // Everybody is found three times by "u", and the last time long after the first.
            profile: { name: `Ulla Uyl${index}`, emailVerified: false },
          }),
          enrolments: [],
        }));
        await imports.addAll(
          batches({ organizations: [organization('north'), organization('south')], accounts: people }),
        );
        await sql`analyze`.execute(fresh.database.kysely);
      });
      after(() => fresh.close());

      for (const organization of [undefined, 'north']) {
        it(`reads no more than a page of ${organization === undefined ? 'all' : organization} takes`, async () => {
          for (const from of [undefined, ['user2', 'id 0002'] as const]) {
            const queries = [
              usernameQuery(fresh.database, { limit: 51, organization, from }),
              wordQuery(fresh.database, { start: 'u', organization, from }),
            ];
            for (const query of queries) expectRange(await planOf(fresh.database, query));
          }
        });
      }

      it('lists everybody once who is found several times, on pages that may be short', async () => {
        const seen: string[] = [];
        let after: string | undefined;
        let pages = 0;
        do {
          const page = await accounts.page({ limit: 200, prefix: 'u', ...(after !== undefined && { after }) });
          seen.push(...page.items.map(({ id }) => id));
          after = page.next;
          pages += 1;
        } while (after !== undefined);
        expect(seen).to.have.length(3_000);
        expect(new Set(seen).size).to.equal(3_000);
        expect(pages).to.be.within(15, 30);
      });
    });

    it('finds those who were there before it could', async () => {
      const { database, close } = await migrated();
      try {
        const accounts = new SqlAccountDirectory(database, apart);
        await new SqlOrganizations(database).save(organization('north'));
        for (const id of ['anna', 'bert']) await accounts.add(person(id));
        // As a program of before the migration left it.
        await database.kysely.schema.dropTable('account_words').execute();
        await database.kysely.schema.dropIndex('accounts_roles').execute();
        await accountWords(database.kysely.schema, database.dialect, database.kysely);
        expect((await accounts.page({ limit: 9, prefix: 'bert' })).items.map(({ id }) => id)).to.deep.equal(['bert']);
      } finally {
        await close();
      }
    });
  });
});

/** How the database means to answer, a line a step. */
async function planOf({ kysely, dialect }: Database, query: Compilable): Promise<string> {
  const { sql: text, parameters } = query.compile();
  const explain = dialect === 'postgres' ? 'explain' : 'explain query plan';
  const parts = text.split(dialect === 'postgres' ? /\$\d+/ : '?');
  const whole = parts.reduce(
    (before, part, index) =>
      index === 0 ? sql.raw(`${explain} ${part}`) : sql`${before}${parameters[index - 1]}${sql.raw(part)}`,
    sql``,
  );
  const { rows } = await whole.execute(kysely);
  return rows.map((row) => Object.values(Object(row)).join(' ')).join('\n');
}

/** From an index, in its own order: nothing is read that is not shown, and nothing sorted. */
function expectRange(plan: string): void {
  expect(plan).to.match(/index/i);
  expect(plan).to.not.match(/Seq Scan|Sort|TEMP B-TREE|SCAN (?!.*USING (COVERING )?INDEX)/);
}
