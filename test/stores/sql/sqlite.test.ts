import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { sql } from 'kysely';
import { Failure } from '../../../src/domain/failure.ts';
import { Database } from '../../../src/stores/sql/database.ts';
import { temporaryDirectory } from '../../support/directory.ts';

/** Milliseconds that a write waits for another process. */
const PATIENCE = 200;

describe('a SQLite file', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let database: Database;
  let other: Database;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    const url = `sqlite:${join(directory.path, 'shared.db')}`;
    database = new Database(url, { lockTimeout: PATIENCE });
    other = new Database(url);
    await sql`create table notes (words text)`.execute(database.kysely);
  });
  afterEach(async () => {
    await Promise.all([database.close(), other.close()]);
    await directory.remove();
  });

  const write = (words: string) => sql`insert into notes values (${words})`.execute(database.kysely);
  const notes = async () => {
    const tables = database.kysely.withTables<{ notes: { words: string } }>();
    return (await tables.selectFrom('notes').select('words').execute()).map(({ words }) => words);
  };

  describe('while another process writes', () => {
    /** Does `work` while the other connection has the write lock. */
    async function locked(work: () => Promise<void>): Promise<void> {
      await other.kysely.transaction().execute(work);
    }

    it('is read although somebody waits to write', async () => {
      await locked(async () => {
        let waiting = true;
        const written = write('late').finally(() => {
          waiting = false;
        });
        const inTransaction = database.kysely
          .transaction()
          .execute(() => Promise.resolve())
          .catch(() => undefined);
        expect(await database.ready()).to.equal(true);
        expect(await notes()).to.deep.equal([]);
        expect(waiting).to.equal(true);
        await Promise.all([expectUnavailable(written), inTransaction]);
      });
      await write('later');
      expect(await notes()).to.deep.equal(['later']);
    });

    it('fails all who wait to write together', async () => {
      await locked(async () => {
        // Those who began to wait only when the one before them gave up would take nine times as long again.
        let beats = 0;
        const beating = setInterval(() => {
          beats += 1;
        }, 1);
        const writes = Array.from({ length: 10 }, () => expectUnavailable(write('late')));
        await Promise.race(writes);
        const first = beats;
        await Promise.all(writes);
        expect(beats - first).to.be.at.most(first);
        clearInterval(beating);
      });
      expect(await notes()).to.deep.equal([]);
    });

    it('leaves the process free for other things', async () => {
      await locked(async () => {
        // Where SQLite itself waits, nothing else goes on for nine tenths of the time.
        const before = performance.eventLoopUtilization();
        await expectUnavailable(write('late'));
        expect(performance.eventLoopUtilization(before).utilization).to.be.below(0.75);
      });
    });

    it('is written in the order of asking as soon as the other is done', async () => {
      const writes: Promise<unknown>[] = [];
      await locked(async () => {
        for (const words of ['one', 'two', 'three']) writes.push(write(words));
        await turn();
      });
      await Promise.all(writes);
      expect(await notes()).to.deep.equal(['one', 'two', 'three']);
    });
  });

  it('shows nobody what an unfinished transaction wrote, and whoever reads need not wait for the next one', async () => {
    const order: string[] = [];
    const said = (words: string) => () => void order.push(words);
    let next: Promise<unknown> = Promise.resolve();
    let read: Promise<unknown> = Promise.resolve();
    await database.kysely
      .transaction()
      .execute(async (transaction) => {
        await sql`insert into notes values ('one')`.execute(transaction);
        next = Promise.all([write('two').then(said('two')), write('three').then(said('three'))]);
        read = notes().then((found) => said(`read ${found}`)());
        await turn();
        expect(order).to.deep.equal([]);
        throw new Error('undone');
      })
      .catch(said('undone'));
    await Promise.all([next, read]);
    expect(order.indexOf('read ')).to.be.within(0, order.indexOf('two'));
    expect(await notes()).to.deep.equal(['two', 'three']);
  });
});

async function expectUnavailable(work: Promise<unknown>): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(Failure).with.property('code', 'unavailable');
}
