import { createHasher } from '../../../src/crypto/hasher.ts';
import { Keyring } from '../../../src/crypto/keyring.ts';
import { factors } from '../../../src/factors/index.ts';
import {
  type ImportNeeds,
  type ImportOptions,
  type ImportOutcome,
  importFile,
} from '../../../src/flows/import/index.ts';
import { SqlAccounts } from '../../../src/stores/sql/accounts.ts';
import { SqlClients } from '../../../src/stores/sql/clients.ts';
import { SqlEnrolments } from '../../../src/stores/sql/enrolments.ts';
import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { SqlOrganizations } from '../../../src/stores/sql/organizations.ts';
import { settings as usual } from '../../factors/settings.ts';
import type { Fresh } from '../../stores/sql/databases.ts';
import { FakeClock } from '../../support/clock.ts';

/** A hash of an imported account; nobody knows its secret. */
export const HASH = `$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$${'A'.repeat(43)}`;

export const office = (code: string, changes: object = {}) => ({ type: 'organization', code, name: code, ...changes });
export const person = (username: string, changes: object = {}) => ({ type: 'account', username, ...changes });
export const application = (id: string, changes: object = {}) => ({
  type: 'client',
  id,
  name: id,
  secret: 'sixteen characters',
  metadata: { redirect_uris: ['https://app.example.com/callback'] },
  ...changes,
});

/** An import on real stores, and the stores to look at what it did. */
export function importing(
  fresh: Pick<Fresh, 'database' | 'close'>,
  officeCode: 'always' | 'never' | 'automatic' = 'automatic',
) {
  const { database, close } = fresh;
  const hashed: string[] = [];
  const vault = new Keyring([Buffer.alloc(32, 7)]);
  const costs = { memory: 64, passes: 1, lanes: 1 };
  const hasher = createHasher({ costs, atOnce: 2, onHash: (kind) => hashed.push(kind) });
  const organizations = new SqlOrganizations(database);
  const accounts = new SqlAccounts(database, hasher);
  const enrolments = new SqlEnrolments(database, vault);
  const clock = new FakeClock();
  const settings = { ...usual, officeCode };
  const needs: ImportNeeds = {
    organizations,
    clients: new SqlClients(database, vault),
    imports: new SqlImports(database, vault, hasher),
    hasher,
    clock,
    factors: factors({ accounts, organizations, enrolments, hasher, clock, settings }),
    settings: { officeCode },
  };
  return {
    ...needs,
    accounts,
    enrolments,
    /** A kind for each hash that was computed. */
    hashed,
    /** Lines are objects, or text as it stands in the file. */
    run: (lines: readonly unknown[], options: ImportOptions & Partial<ImportNeeds> = {}): Promise<ImportOutcome> =>
      importFile(fileOf(lines), { ...needs, ...options }, options),
    /** How many accounts there are. */
    async count(): Promise<number> {
      const { count } = await database.kysely
        .selectFrom('accounts')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    database,
    close,
  };
}

export type Importing = ReturnType<typeof importing>;

/** A file in memory, read in small pieces that cut lines and characters. */
export function fileOf(lines: readonly unknown[]) {
  const bytes = Buffer.from(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  const piece = Math.max(7, Math.ceil(bytes.length / 50));
  return {
    async *read() {
      for (let start = 0; start < bytes.length; start += piece) yield bytes.subarray(start, start + piece);
    },
  };
}
