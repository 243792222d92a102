import { createHasher } from '../../src/crypto/hasher.ts';
import type { AccountSource } from '../../src/domain/ports.ts';
import type { Config } from '../../src/index.ts';
import { SqlAccounts } from '../../src/stores/sql/accounts.ts';
import { Database } from '../../src/stores/sql/database.ts';
import { benchAccount } from './account.ts';

/** Sluis's own table of accounts with every query it takes, but a password is compared instead of hashed. */
export function unhashedAccounts(config: Config): AccountSource {
  const { password } = benchAccount(0);
  const hasher = createHasher({ atOnce: 1 });
  return new SqlAccounts(new Database(config.database.url, { connections: config.database.pool }), {
    ...hasher,
    verify: async (encoded, typed) => encoded !== undefined && typed === password,
  });
}
