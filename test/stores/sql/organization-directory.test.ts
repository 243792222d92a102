import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { SqlOrganizationDirectory } from '../../../src/stores/sql/organization-directory.ts';
import { organizationDirectoryContract } from '../../contracts/organization-directory.ts';
import { onEveryDatabase } from './databases.ts';
import { batches, keyring, person, SmallHasher } from './fixtures.ts';

describe('SqlOrganizationDirectory', () => {
  onEveryDatabase((migrated) => {
    organizationDirectoryContract(async () => {
      const { database, another, close } = await migrated();
      return {
        directory: new SqlOrganizationDirectory(database),
        another: () => new SqlOrganizationDirectory(another()),
        addPeople: async (people) => {
          await new SqlImports(database, keyring, new SmallHasher()).addAll(
            batches({ accounts: people.map((one, index) => person({ ...one, id: `a${index}` })) }),
          );
        },
        close,
      };
    });
  });
});
