import { SqlEnrolments } from '../../../src/stores/sql/enrolments.ts';
import { enrolmentsContract } from '../../contracts/enrolments.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';

describe('SqlEnrolments', () => {
  onEveryDatabase((migrated) => {
    enrolmentsContract(async () => {
      const { database, another, close } = await migrated();
      return {
        enrolments: new SqlEnrolments(database, keyring),
        another: async () => new SqlEnrolments(another(), keyring),
        close,
      };
    });
  });
});
