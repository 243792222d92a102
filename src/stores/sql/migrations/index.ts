import type { Kysely, SchemaModule } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Tables } from '../schema.ts';
import { tables } from './0001-tables.ts';
import { logouts } from './0002-logouts.ts';
import { mails } from './0003-mails.ts';
import { replacedEmail } from './0004-replaced-email.ts';
import { permits } from './0005-permits.ts';
import { passwordLinks } from './0006-password-links.ts';
import { preferredFactor } from './0007-preferred-factor.ts';
import { administration } from './0008-administration.ts';
import { rememberedDevices } from './0009-remembered-devices.ts';
import { auditChain } from './0010-audit-chain.ts';
import { signingKeys } from './0011-signing-keys.ts';
import { emailChanges } from './0012-email-changes.ts';
import { accountWords } from './0013-account-words.ts';
import { repetitions } from './0014-repetitions.ts';
import { directories } from './0015-directories.ts';
import { erasedAccounts } from './0016-erased-accounts.ts';
import { reminders } from './0017-reminders.ts';

/** One step of the schema. Never changed once released: what comes later is a new one. */
export interface Migration {
  readonly name: string;
  /** @param tables to fill what was added; within the same transaction */
  up(schema: SchemaModule, dialect: Dialect, tables: Kysely<Tables>): Promise<void>;
}

/** In order; the number of a migration is its place, from 1. */
export const migrations: readonly Migration[] = [
  { name: '0001-tables', up: tables },
  { name: '0002-logouts', up: logouts },
  { name: '0003-mails', up: mails },
  { name: '0004-replaced-email', up: replacedEmail },
  { name: '0005-permits', up: permits },
  { name: '0006-password-links', up: passwordLinks },
  { name: '0007-preferred-factor', up: preferredFactor },
  { name: '0008-administration', up: administration },
  { name: '0009-remembered-devices', up: rememberedDevices },
  { name: '0010-audit-chain', up: auditChain },
  { name: '0011-signing-keys', up: signingKeys },
  { name: '0012-email-changes', up: emailChanges },
  { name: '0013-account-words', up: accountWords },
  { name: '0014-repetitions', up: repetitions },
  { name: '0015-directories', up: directories },
  { name: '0016-erased-accounts', up: erasedAccounts },
  { name: '0017-reminders', up: reminders },
];
