import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createHasher } from '../crypto/hasher.ts';
import { hashesAtOnce } from '../crypto/hashes-at-once.ts';
import { Keyring } from '../crypto/keyring.ts';
import type { Clock } from '../domain/clock.ts';
import type { Hasher, Vault } from '../domain/ports.ts';
import { registeredClient } from '../oidc/registered-client.ts';
import { briefly } from '../stores/briefly.ts';
import { SqlAccountDirectory } from '../stores/sql/account-directory.ts';
import { SqlAccounts } from '../stores/sql/accounts.ts';
import { SqlAuditChain } from '../stores/sql/audit-chain.ts';
import { SqlAuditLog } from '../stores/sql/audit-log.ts';
import { SqlAuditReading } from '../stores/sql/audit-reading.ts';
import { SqlClientDirectory } from '../stores/sql/client-directory.ts';
import { SqlClients } from '../stores/sql/clients.ts';
import { Database } from '../stores/sql/database.ts';
import { SqlEmailChanges } from '../stores/sql/email-changes.ts';
import { SqlEnrolments } from '../stores/sql/enrolments.ts';
import { SqlHolders } from '../stores/sql/holders.ts';
import { SqlImports } from '../stores/sql/imports.ts';
import { SqlLogoutQueue } from '../stores/sql/logout-queue.ts';
import { SqlMailQueue } from '../stores/sql/mail-queue.ts';
import { SqlOrganizationDirectory } from '../stores/sql/organization-directory.ts';
import { SqlOrganizations } from '../stores/sql/organizations.ts';
import { SqlPasswordKinds } from '../stores/sql/password-kinds.ts';
import { SqlPasswordLinks } from '../stores/sql/password-links.ts';
import { SqlPermits } from '../stores/sql/permits.ts';
import { SqlPersonalRecords } from '../stores/sql/personal-records.ts';
import { SqlRememberedDevices } from '../stores/sql/remembered-devices.ts';
import { SqlReminders } from '../stores/sql/reminders.ts';
import { SqlRepetitions } from '../stores/sql/repetitions.ts';
import { SqlSigningKeys } from '../stores/sql/signing-keys.ts';
import { openPassing } from './passing.ts';

/** Milliseconds for which organizations and clients are used without looking again: a change is seen everywhere within a second. */
const FRESH = 1_000;

export interface StoreParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Threads of libuv's pool, which hashing shares with signing. */
  readonly threadPool: number;
}

export interface DatabaseParts extends Omit<StoreParts, 'logger'> {
  /** Told when another process keeps this one waiting (`DatabaseOptions`). */
  readonly waiting?: (() => void) | undefined;
}

/** What is kept in SQL, and what works on it. The command line needs no more than this. */
export function openDatabase(config: Config, { clock, threadPool, waiting }: DatabaseParts) {
  const database = new Database(config.database.url, { connections: config.database.pool, waiting });
  const vault: Vault = Keyring.parse(config.encryptionKeys);
  const kinds = new SqlPasswordKinds(database, clock);
  const { memory, iterations, parallelism, queue } = config.passwords;
  const hasher: Hasher = createHasher({
    costs: { memory, passes: iterations, lanes: parallelism },
    atOnce: hashesAtOnce(availableParallelism(), threadPool),
    waiting: queue,
    kinds: () => kinds.all(),
  });
  return {
    database,
    vault,
    hasher,
    accounts: new SqlAccounts(database, hasher),
    organizations: new SqlOrganizations(database),
    clients: new SqlClients(database, vault),
    accountDirectory: new SqlAccountDirectory(database, { namesAreGlobal: config.officeCode === 'never' }),
    organizationDirectory: new SqlOrganizationDirectory(database),
    clientDirectory: new SqlClientDirectory(database, vault),
    enrolments: new SqlEnrolments(database, vault),
    holders: new SqlHolders(database, vault),
    permits: new SqlPermits(database),
    devices: new SqlRememberedDevices(database),
    signingKeys: new SqlSigningKeys(database, vault),
    audit: new SqlAuditLog(database),
    personalRecords: new SqlPersonalRecords(database),
    auditReading: new SqlAuditReading(database),
    auditChain: new SqlAuditChain(database, vault),
    imports: new SqlImports(database, vault, hasher),
    logoutQueue: new SqlLogoutQueue(database),
    passwordLinks: new SqlPasswordLinks(database),
    emailChanges: new SqlEmailChanges(database),
    mailQueue: new SqlMailQueue(database, vault),
    reminders: new SqlReminders(database, vault),
    repetitions: new SqlRepetitions(database, vault),
  };
}

/** Everything of `openDatabase`, and what passes: sessions, logins and counts, in Redis or in this process. */
export async function openStores(config: Config, parts: StoreParts) {
  const waiting = () => parts.logger.warn('waiting for another process that works on the database alone');
  const sql = openDatabase(config, { ...parts, waiting });
  const passing = await openPassing(config, { ...parts, ...sql });
  const { organizations, clients, database } = sql;
  const kept = { clock: parts.clock, lifetime: FRESH };
  const registered = async (id: string) => {
    if (!config.oidc.dynamicRegistration) return undefined;
    const stored = await passing.models.find({ model: 'Client', id });
    return stored && registeredClient(stored);
  };
  const counted = briefly(() => organizations.howMany(), kept);
  const howMany = async () => (await counted('')) ?? 0;
  return {
    ...sql,
    ...passing,
    organizations: {
      byId: briefly((id) => organizations.byId(id), kept),
      byCode: briefly((code) => organizations.byCode(code), kept),
      howMany,
      save: organizations.save.bind(organizations),
    },
    clients: {
      byId: briefly(async (id) => (await clients.byId(id)) ?? registered(id), kept),
      save: clients.save.bind(clients),
    },
    probes: [database, ...passing.probes],
    async close() {
      await passing.close();
      await database.close();
    },
  };
}
