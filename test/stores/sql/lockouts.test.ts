import { SqlLockouts } from '../../../src/stores/sql/lockouts.ts';
import { lockoutsContract } from '../../contracts/lockouts.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlLockouts', () => {
  onEveryDatabase((migrated) => {
    lockoutsContract(async (rule, clock) => {
      const { database, another, close } = await migrated();
      return {
        lockouts: new SqlLockouts(database, rule, clock),
        reopen: async () => new SqlLockouts(another(), rule, clock),
        close,
      };
    });
  });
});
