import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { sql } from 'kysely';
import { Failure } from '../../../src/domain/failure.ts';
import { Database } from '../../../src/stores/sql/database.ts';
import { migrate } from '../../../src/stores/sql/migrate.ts';
import { SqlOrganizations } from '../../../src/stores/sql/organizations.ts';
import { temporaryDirectory } from '../../support/directory.ts';
import { freePort } from '../../support/port.ts';
import { freshDatabase, ownPostgres } from '../../support/postgres.ts';
import { onEveryDatabase } from './databases.ts';
import { deafProxy } from './deaf-proxy.ts';
import { organization } from './fixtures.ts';

const failed = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing',
    (error: unknown) => error,
  );

async function expectUnavailable(work: Promise<unknown>): Promise<void> {
  const error = await failed(work);
  expect(error).to.be.instanceOf(Failure).with.property('code', 'unavailable');
}

/** Opens a file, runs a statement that answers rows, tells them, and closes it. */
const ELSEWHERE = `
  const [file, statement] = process.argv.slice(1);
  const db = new (require('libsql'))(file);
  process.stdout.write(db.prepare(statement).all().map(({ words }) => words).join());
  db.close();
`;

describe('Database', () => {
  onEveryDatabase((migrated, empty) => {
    it('is ready', async () => {
      const { database, close } = await empty();
      expect(await database.ready()).to.equal(true);
      await close();
    });

    it('lets faults of a query be faults', async () => {
      const { database, close } = await empty();
      const error = await failed(new SqlOrganizations(database).byId('o1'));
      expect(error).to.be.instanceOf(Error).and.not.instanceOf(Failure);
      await close();
    });

    it('undoes a transaction that fails, and goes on', async () => {
      const { database, another, close } = await migrated();
      const organizations = new SqlOrganizations(database);
      const error = await failed(
        database.kysely.transaction().execute(async (transaction) => {
          await transaction.insertInto('lockouts').values({ key: 'k', spent: 1, until: null }).execute();
          await transaction.insertInto('lockouts').values({ key: 'k', spent: 1, until: null }).execute();
        }),
      );
      expect(error).to.be.instanceOf(Error).and.not.instanceOf(Failure);
      expect(await database.kysely.selectFrom('lockouts').selectAll().execute()).to.deep.equal([]);
      await organizations.save(organization('o1'));
      expect(await new SqlOrganizations(another()).howMany()).to.equal(1);
      await close();
    });

    it('bears whatever is typed', async () => {
      const { database, close } = await migrated();
      const organizations = new SqlOrganizations(database);
      for (const text of ['\0', 'a\0b', '\ud800', '\u{10ffff}', "';--", 'x'.repeat(100_000)]) {
        expect(await organizations.byCode(text)).to.equal(undefined);
        expect(await organizations.byId(text)).to.equal(undefined);
      }
      await close();
    });

    it('runs one piece of work alone at a time', async () => {
      const { another, close } = await migrated();
      let running = 0;
      const most = await Promise.all(
        Array.from({ length: 5 }, () =>
          another().alone(async (transaction) => {
            running += 1;
            const seen = running;
            await transaction.selectFrom('lockouts').selectAll().execute();
            running -= 1;
            return seen;
          }),
        ),
      );
      expect(most).to.deep.equal([1, 1, 1, 1, 1]);
      await close();
    });
  });

  describe('URLs', () => {
    it('refuses what it does not know, and does not repeat it', () => {
      for (const url of ['', 'mysql://root:secret@localhost/x', 'secret.db', 'sqlite:']) {
        expect(() => new Database(url))
          .to.throw('database URL: expected')
          .with.property('message')
          .that.does.not.include('secret');
      }
    });

    it('knows several ways to name a file, and memory', async () => {
      const { path, remove } = await temporaryDirectory();
      const file = join(path, 'new folder', 'sluis.db');
      for (const url of [`sqlite:${file}`, pathToFileURL(file).href, `file:${file}`]) {
        const database = new Database(url);
        await migrate(database);
        await database.close();
      }
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      const memory = new Database(':memory:');
      expect(await migrate(memory)).to.have.length.greaterThan(0);
      expect(await migrate(memory)).to.deep.equal([]);
      await memory.close();
      await remove();
    });
  });

  describe('on SQLite alone', () => {
    it('is unavailable when the file cannot be opened', async () => {
      const { path, remove } = await temporaryDirectory();
      const database = new Database(`sqlite:${path}`);
      await expectUnavailable(database.ready());
      await database.close();
      await remove();
    });

    it('waits for another process that writes, serves meanwhile, and recovers', async () => {
      const { path, remove } = await temporaryDirectory();
      const [one, other] = [1, 2].map(() => new Database(`sqlite:${join(path, 'shared.db')}`));
      if (one === undefined || other === undefined) throw new Error('unreachable');
      await migrate(one);
      const organizations = new SqlOrganizations(other);
      const saved: string[] = [];
      await one.kysely.transaction().execute(async (transaction) => {
        await transaction.insertInto('lockouts').values({ key: 'k', spent: 1, until: null }).execute();
        void organizations.save(organization('o1')).then(() => saved.push('o1'));
        for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        expect(saved).to.deep.equal([]);
      });
      await organizations.save(organization('o2'));
      expect(saved).to.deep.equal(['o1']);
      expect(await organizations.howMany()).to.equal(2);
      await Promise.all([one.close(), other.close()]);
      await remove();
    });

    it('loses nothing of a file that is opened twice when another process comes and goes', async () => {
      const { path, remove } = await temporaryDirectory();
      const file = join(path, 'shared.db');
      const elsewhere = (statement: string) =>
        execFileSync(process.execPath, ['-e', ELSEWHERE, file, statement], { encoding: 'utf8' });
      const one = new Database(`sqlite:${file}`);
      const other = new Database(`sqlite:${file}`);
      await sql`create table notes (words text)`.execute(one.kysely);
      expect(await other.ready()).to.equal(true);
      elsewhere("insert into notes values ('there') returning words");
      await sql`insert into notes values ('here')`.execute(one.kysely);
      expect(elsewhere('select words from notes order by words')).to.equal('here,there');
      await Promise.all([one.close(), other.close()]);
      await remove();
    });
  });

  describe('on PostgreSQL alone', () => {
    it('is unavailable while the server is away, and recovers by itself', async () => {
      const server = await ownPostgres();
      const database = new Database(server.url);
      expect(await database.ready()).to.equal(true);
      await server.stop();
      await expectUnavailable(database.ready());
      await expectUnavailable(database.kysely.transaction().execute(async () => undefined));
      await server.start();
      expect(await database.ready()).to.equal(true);
      await database.close();
      await server.close();
    });

    it('outlives a connection that is cut within a transaction', async () => {
      const { url, close } = await freshDatabase();
      const database = new Database(url, { connections: 2 });
      const isThere = async (pid: number | undefined) => {
        const found = await sql`select from pg_stat_activity where pid = ${pid}`.execute(database.kysely);
        return found.rows.length > 0;
      };
      for (const between of [true, false]) {
        const cut = database.kysely.transaction().execute(async (transaction) => {
          const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
          const pid = rows[0]?.pid;
          const cutting = async () => {
            await sql`select pg_terminate_backend(${pid})`.execute(database.kysely);
            while (await isThere(pid));
          };
          if (between) await cutting();
          await Promise.all([sql`select pg_sleep(60)`.execute(transaction), ...(between ? [] : [cutting()])]);
        });
        await expectUnavailable(cut);
        expect(await database.ready()).to.equal(true);
      }
      await database.close();
      await close();
    });

    it('is unavailable when nobody listens, and when nobody answers', async () => {
      const nobody = new Database(`postgres://sluis:secret@127.0.0.1:${await freePort()}/sluis`);
      await expectUnavailable(nobody.ready());
      await nobody.close();

      const mute = createServer();
      await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
      const address = mute.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const silent = new Database(`postgres://sluis@127.0.0.1:${port}/sluis`, { connectTimeout: 50 });
      await expectUnavailable(silent.ready());
      await silent.close();
      mute.close();
    });

    it('gives up on a server that went away without a word, and connects anew', async () => {
      const { url, close } = await freshDatabase();
      const proxy = await deafProxy(new URL(url));
      const database = new Database(proxy.url, { connections: 1, statementTimeout: 1_000 });
      expect(await database.ready()).to.equal(true);
      const begun = database.kysely.transaction().execute((transaction) => {
        proxy.deafen();
        return sql`select 1`.execute(transaction);
      });
      await expectUnavailable(begun);
      expect(proxy.ignored(), 'the end of a rollback would be waited for as long again')
        .to.include('select 1')
        .and.not.include('rollback');
      expect(await database.ready()).to.equal(true);
      await database.close();
      proxy.close();
      await close();
    });

    it('lets no statement take longer than it may', async () => {
      const server = await ownPostgres();
      const database = new Database(server.url, { statementTimeout: 500 });
      await expectUnavailable(sql`select pg_sleep(60)`.execute(database.kysely));
      await database.alone(async (transaction) => sql`select pg_sleep(0.6)`.execute(transaction));
      expect(await database.ready()).to.equal(true);
      await database.close();
      await server.close();
    });
  });
});
