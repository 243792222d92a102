import { importsContract } from '../../contracts/imports.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';
import { sqlStores } from './stores.ts';

describe('SqlImports', () => {
  onEveryDatabase((migrated) => {
    importsContract(async () => {
      const { database, close } = await migrated();
      return { ...sqlStores(database, keyring), close };
    });
  });
});
