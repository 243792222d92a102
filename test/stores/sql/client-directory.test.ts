import { SqlClientDirectory } from '../../../src/stores/sql/client-directory.ts';
import { clientDirectoryContract } from '../../contracts/client-directory.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';

describe('SqlClientDirectory', () => {
  onEveryDatabase((migrated) => {
    clientDirectoryContract(async () => {
      const { database, another, close } = await migrated();
      return {
        directory: new SqlClientDirectory(database, keyring),
        another: () => new SqlClientDirectory(another(), keyring),
        close,
      };
    });
  });
});
