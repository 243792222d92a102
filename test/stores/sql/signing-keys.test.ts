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
  });
});
