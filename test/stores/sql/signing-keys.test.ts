import { expect } from 'chai';
import { SqlSigningKeys } from '../../../src/stores/sql/signing-keys.ts';
import { signingKeysContract } from '../../contracts/signing-keys.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';

describe('SqlSigningKeys', () => {
  onEveryDatabase((migrated) => {
    signingKeysContract(async () => {
      const { database, another, close } = await migrated();
      return {
        signingKeys: new SqlSigningKeys(database, keyring),
        another: async () => new SqlSigningKeys(another(), keyring),
        close,
      };
    });

    it('has keys of before there was a choice sign at once', async () => {
      const { database, close } = await migrated();
      const signingKeys = new SqlSigningKeys(database, keyring);
      await signingKeys.add({ id: 'a', algorithm: 'ES256', jwk: {}, createdAt: 1000, signsFrom: 2000 });
      await database.kysely.updateTable('signing_keys').set({ signs_from: null }).execute();
      expect((await signingKeys.all()).map(({ signsFrom }) => signsFrom)).to.deep.equal([1000]);
      await close();
    });
  });
});
