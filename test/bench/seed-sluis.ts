import { hash } from '@node-rs/argon2';
import { openDatabase } from '../../src/assembly/stores.ts';
import type { Client } from '../../src/domain/client.ts';
import type { Enrolment } from '../../src/domain/enrolment.ts';
import type { Organization } from '../../src/domain/organization.ts';
import type { ImportBatch, ImportedAccount } from '../../src/domain/ports.ts';
import type { Config } from '../../src/index.ts';
import { migrate } from '../../src/stores/sql/migrate.ts';
import { systemClock } from '../../src/system-clock.ts';
import { benchAccount } from './account.ts';
import { bareClient } from './bare-provider.ts';

const organization: Organization = {
  id: 'office',
  code: 'OFFICE',
  name: 'Office',
  secondFactorRequired: true,
  firstSetUp: 'open',
  numberChange: true,
  passkeysCountAsBoth: true,
  permitsWaived: false,
};

const client: Client = {
  id: bareClient.id,
  name: 'Application',
  metadata: { redirect_uris: [bareClient.redirectUri], token_endpoint_auth_method: 'none' },
  firstParty: true,
  pkceRequired: true,
};

/** Makes the tables and fills them: one office, the client, and accounts that have an authenticator app and recovery codes. */
export async function seedSluis(config: Config, accounts: number): Promise<void> {
  const { memory, iterations, parallelism } = config.passwords;
  const costs = { memoryCost: memory, timeCost: iterations, parallelism };
  // They share one password, so one hash of it does for all.
  const passwordHash = await hash(benchAccount(0).password, costs);
  const stores = openDatabase(config, { clock: systemClock, threadPool: 4 });
  try {
    await migrate(stores.database);
    await stores.imports.addAll(batches(accounts, passwordHash));
  } finally {
    await stores.database.close();
  }
}

async function* batches(accounts: number, passwordHash: string): AsyncIterable<ImportBatch> {
  yield { organizations: [organization], accounts: [], clients: [client] };
  const all = Array.from({ length: accounts }, (_, index) => imported(index, passwordHash));
  for (let start = 0; start < accounts; start += 200) {
    yield { organizations: [], accounts: all.slice(start, start + 200), clients: [] };
  }
}

function imported(index: number, passwordHash: string): ImportedAccount {
  const { id, username, totp } = benchAccount(index);
  // Shaped as they are stored. Nobody here signs in with a recovery code, so that any hash will do.
  const codes = { format: '6x8', salt: 'A'.repeat(22), hashes: Array.from({ length: 6 }, () => 'A'.repeat(43)) };
  return {
    account: {
      id,
      organization: organization.id,
      username,
      disabled: false,
      epoch: 0,
      secondFactorRequired: false,
      roles: [],
      groups: [],
      profile: { name: username, emailVerified: false },
    },
    passwordHash,
    enrolments: [enrolment(id, 'totp', { key: totp, lastStep: 0 }), enrolment(id, 'recovery-code', codes)],
  };
}

function enrolment(account: string, factor: string, secret: unknown): Enrolment {
  return { id: `${account}-${factor}`, account, factor, secret, version: 0, createdAt: 0, failures: 0 };
}
