import { SqlRepetitions } from '../../../src/stores/sql/repetitions.ts';
import { repetitionsContract } from '../../contracts/repetitions.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';

describe('SqlRepetitions', () => {
  onEveryDatabase((migrated) => {
    repetitionsContract(async () => {
      const { database, another, close } = await migrated();
      const over = (on = database) => new SqlRepetitions(on, keyring);
      return { repetitions: over(), another: () => over(another()), close };
    });
  });
});
