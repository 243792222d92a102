import { foreignHolders } from '../../../src/assembly/holders.ts';
import type { Account } from '../../../src/domain/account.ts';
import { SqlAccounts } from '../../../src/stores/sql/accounts.ts';
import type { Database } from '../../../src/stores/sql/database.ts';
import { SqlEnrolments } from '../../../src/stores/sql/enrolments.ts';
import { SqlHolders } from '../../../src/stores/sql/holders.ts';
import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { holdersContract } from '../../contracts/holders.ts';
import { onEveryDatabase } from './databases.ts';
import { batches, keyring, organization, SmallHasher } from './fixtures.ts';

const account = (id: string): Account => ({
  id,
  organization: 'o1',
  username: id,
  disabled: false,
  epoch: 3,
  locale: 'nl',
  secondFactorRequired: true,
  roles: ['superuser'],
  groups: ['staff'],
  profile: { name: `Person ${id}`, email: `${id}@example.org`, emailVerified: true },
});

/** Two accounts, and what else there is to be read about them. */
async function seeded(database: Database) {
  const hasher = new SmallHasher();
  const accounts = ['a1', 'a2'].map((id) => ({ account: account(id), enrolments: [] }));
  const imports = new SqlImports(database, keyring, hasher);
  await imports.addAll(batches({ organizations: [organization('o1')], accounts }));
  return { accounts: new SqlAccounts(database, hasher), enrolments: new SqlEnrolments(database, keyring) };
}

describe('SqlHolders', () => {
  onEveryDatabase((migrated) => {
    holdersContract(async () => {
      const { database, close } = await migrated();
      return { ...(await seeded(database)), holders: new SqlHolders(database, keyring), close };
    });
  });
});

describe('holders of a foreign account source', () => {
  onEveryDatabase((migrated) => {
    holdersContract(async () => {
      const { database, close } = await migrated();
      const { accounts, enrolments } = await seeded(database);
      return { accounts, enrolments, holders: foreignHolders(accounts, enrolments), close };
    });
  });
});
