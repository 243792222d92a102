import { SqlEmailChanges } from '../../../src/stores/sql/email-changes.ts';
import { emailChangesContract } from '../../contracts/email-changes.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlEmailChanges', () => {
  onEveryDatabase((migrated) => {
    emailChangesContract(async () => {
      const { database, another, close } = await migrated();
      return { changes: new SqlEmailChanges(database), another: () => new SqlEmailChanges(another()), close };
    });
  });
});
