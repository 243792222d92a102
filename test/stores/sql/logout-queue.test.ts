import { SqlLogoutQueue } from '../../../src/stores/sql/logout-queue.ts';
import { logoutQueueContract } from '../../contracts/logout-queue.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlLogoutQueue', () => {
  onEveryDatabase((migrated) => {
    logoutQueueContract(async () => {
      const { database, another, close } = await migrated();
      return { queue: new SqlLogoutQueue(database), another: () => new SqlLogoutQueue(another()), close };
    });
  });
});
