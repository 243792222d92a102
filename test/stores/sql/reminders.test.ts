import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { SqlMailQueue } from '../../../src/stores/sql/mail-queue.ts';
import { SqlOrganizations } from '../../../src/stores/sql/organizations.ts';
import { SqlReminders } from '../../../src/stores/sql/reminders.ts';
import { remindersContract } from '../../contracts/reminders.ts';
import { onEveryDatabase } from './databases.ts';
import { batches, keyring, organization, person, SmallHasher } from './fixtures.ts';

describe('SqlReminders', () => {
  onEveryDatabase((migrated) => {
    remindersContract(async () => {
      const { database, another, close } = await migrated();
      const over = (on = database) => new SqlReminders(on, keyring);
      return {
        reminders: over(),
        queue: new SqlMailQueue(database, keyring),
        another: () => over(another()),
        async add(offices, people) {
          const organizations = new SqlOrganizations(database);
          for (const { id, required = true, from } of offices) {
            await organizations.save({
              ...organization(id),
              secondFactorRequired: required,
              ...(from !== undefined && { secondFactorFrom: from }),
            });
          }
          await new SqlImports(database, keyring, new SmallHasher()).addAll(batches({ accounts: people.map(person) }));
        },
        close,
      };
    });
  });
});
