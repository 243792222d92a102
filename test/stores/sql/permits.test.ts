import { SqlPermits } from '../../../src/stores/sql/permits.ts';
import { permitsContract } from '../../contracts/permits.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlPermits', () => {
  onEveryDatabase((migrated) => {
    permitsContract(async () => {
      const { database, another, close } = await migrated();
      return { permits: new SqlPermits(database), another: () => new SqlPermits(another()), close };
    });
  });
});
