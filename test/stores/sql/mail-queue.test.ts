import { expect } from 'chai';
import { Keyring } from '../../../src/crypto/keyring.ts';
import { SqlMailQueue } from '../../../src/stores/sql/mail-queue.ts';
import { mailQueueContract } from '../../contracts/mail-queue.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';

describe('SqlMailQueue', () => {
  onEveryDatabase((migrated) => {
    mailQueueContract(async () => {
      const { database, another, close } = await migrated();
      const queue = (on = database) => new SqlMailQueue(on, keyring);
      return { queue: queue(), another: () => queue(another()), close };
    });

    it('gives out what no key opens, without its content, so that it can be removed', async () => {
      const { database, close } = await migrated();
      const queue = new SqlMailQueue(database, keyring);
      const errand = {
        kind: 'letter',
        letter: { name: 'n', account: 'a', to: 'a@example.com', locale: 'en' },
      } as const;
      await queue.add({ id: 'a', errand }, 1);
      const stranger = new SqlMailQueue(database, new Keyring([Buffer.alloc(32, 9)]));
      expect(await stranger.lease(1, 2, 10)).to.deep.equal([{ id: 'a', askedAt: 1, attempts: 1 }]);
      await close();
    });
  });
});
