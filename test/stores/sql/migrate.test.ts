import { expect } from 'chai';
import { migrate } from '../../../src/stores/sql/migrate.ts';
import { migrations } from '../../../src/stores/sql/migrations/index.ts';
import { onEveryDatabase } from './databases.ts';

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
