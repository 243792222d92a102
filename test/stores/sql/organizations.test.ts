import { SqlOrganizations } from '../../../src/stores/sql/organizations.ts';
import { organizationsContract } from '../../contracts/organizations.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlOrganizations', () => {
  onEveryDatabase((migrated) => {
    organizationsContract(async () => {
      const { database, close } = await migrated();
      return { organizations: new SqlOrganizations(database), close };
    });
  });
});
