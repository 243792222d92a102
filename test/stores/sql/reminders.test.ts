import type { Enrolment } from '../../../src/domain/enrolment.ts';
import type { ImportedAccount } from '../../../src/domain/ports.ts';
import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { SqlMailQueue } from '../../../src/stores/sql/mail-queue.ts';
import { SqlOrganizations } from '../../../src/stores/sql/organizations.ts';
import { SqlReminders } from '../../../src/stores/sql/reminders.ts';
import { remindersContract, type SeededPerson } from '../../contracts/reminders.ts';
import { onEveryDatabase } from './databases.ts';
import { batches, keyring, organization, SmallHasher } from './fixtures.ts';

function imported({ id, organization, disabled, factor }: SeededPerson): ImportedAccount {
  const enrolment: Enrolment = {
    id: `e-${id}`,
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
          await new SqlImports(database, keyring, new SmallHasher()).addAll(
            batches({ accounts: people.map(imported) }),
          );
        },
        close,
      };
    });
  });
});
