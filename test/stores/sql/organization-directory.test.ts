import type { Enrolment } from '../../../src/domain/enrolment.ts';
import type { ImportedAccount } from '../../../src/domain/ports.ts';
import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { SqlOrganizationDirectory } from '../../../src/stores/sql/organization-directory.ts';
import { organizationDirectoryContract, type Seeded } from '../../contracts/organization-directory.ts';
import { onEveryDatabase } from './databases.ts';
import { batches, keyring, SmallHasher } from './fixtures.ts';

function imported({ organization, disabled, factor }: Seeded, index: number): ImportedAccount {
  const id = `a${index}`;
  const enrolment: Enrolment = {
    id: `e${index}`,
    account: id,
    factor: 'sms',
    secret: { number: '+31612345678' },
    version: 0,
    createdAt: 0,
    failures: 0,
  };
  return {
    account: {
      id,
      organization,
      username: id,
      disabled: disabled === true,
      epoch: 0,
      secondFactorRequired: false,
      roles: [],
      groups: [],
      profile: { emailVerified: false },
    },
    enrolments: factor === 'held' ? [enrolment] : [],
    provisional: factor === 'provisional' ? [enrolment] : [],
  };
}

describe('SqlOrganizationDirectory', () => {
  onEveryDatabase((migrated) => {
    organizationDirectoryContract(async () => {
      const { database, another, close } = await migrated();
      return {
        directory: new SqlOrganizationDirectory(database),
        another: () => new SqlOrganizationDirectory(another()),
        addPeople: async (people) => {
          await new SqlImports(database, keyring, new SmallHasher()).addAll(
            batches({ accounts: people.map(imported) }),
          );
        },
        close,
      };
    });
  });
});
