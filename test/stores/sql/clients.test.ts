import { SqlClients } from '../../../src/stores/sql/clients.ts';
import { clientsContract } from '../../contracts/clients.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';

describe('SqlClients', () => {
  onEveryDatabase((migrated) => {
    clientsContract(async () => {
      const { database, close } = await migrated();
      return { clients: new SqlClients(database, keyring), close };
    });
  });
});
