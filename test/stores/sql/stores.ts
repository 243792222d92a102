import type { Vault } from '../../../src/domain/ports.ts';
import { SqlAccounts } from '../../../src/stores/sql/accounts.ts';
import { SqlAuditLog } from '../../../src/stores/sql/audit-log.ts';
import { SqlClients } from '../../../src/stores/sql/clients.ts';
import type { Database } from '../../../src/stores/sql/database.ts';
import { SqlEnrolments } from '../../../src/stores/sql/enrolments.ts';
import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { SqlMailQueue } from '../../../src/stores/sql/mail-queue.ts';
import { SqlOrganizations } from '../../../src/stores/sql/organizations.ts';
import { SqlRepetitions } from '../../../src/stores/sql/repetitions.ts';
import { SqlSigningKeys } from '../../../src/stores/sql/signing-keys.ts';
import { SmallHasher } from './fixtures.ts';

/** Every store over one database and one vault. */
export function sqlStores(database: Database, vault: Vault) {
  const hasher = new SmallHasher();
  return {
    imports: new SqlImports(database, vault, hasher),
    organizations: new SqlOrganizations(database),
    accounts: new SqlAccounts(database, hasher),
    clients: new SqlClients(database, vault),
    enrolments: new SqlEnrolments(database, vault),
    signingKeys: new SqlSigningKeys(database, vault),
    auditLog: new SqlAuditLog(database),
    mailQueue: new SqlMailQueue(database, vault),
    repetitions: new SqlRepetitions(database, vault),
  };
}
