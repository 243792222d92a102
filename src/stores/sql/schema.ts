import type { Generated } from 'kysely';
import type { Role } from '../../domain/account.ts';
import type { Acr } from '../../domain/acr.ts';
import type { Client } from '../../domain/client.ts';
import type { FactorName } from '../../domain/factor.ts';
import type { Locale } from '../../domain/locale.ts';
import type { LocalizedText, Organization } from '../../domain/organization.ts';
import type { PermitWay } from '../../domain/permit.ts';
import type { PasswordLinkKind } from '../../domain/ports.ts';
import type { SigningKey } from '../../domain/signing-key.ts';
import type { AuditChainTable, AuditEventsTable } from './tables/audit.ts';
import type { EmailChangesTable } from './tables/email-changes.ts';
import type { RememberedDevicesTable } from './tables/remembered-devices.ts';
import type { RemindersTable } from './tables/reminders.ts';
import type { RepetitionsTable } from './tables/repetitions.ts';

/** 0 or 1: SQLite has no booleans, and both databases shall behave the same. */
export type Flag = 0 | 1;

/** JSON text of a `Value`, read and written by JavaScript alone: the databases treat JSON differently. */
export type Json<Value> = string & { readonly holds?: Value };

/** Text that `Vault.seal` made; its context is named in sealed.ts. */
export type Sealed = string;

/** Milliseconds since the Unix epoch. */
export type Time = number;

/** Every table as the migrations leave it. A `key` column holds the `comparable` form of the column it is named after. */
export interface Tables {
  organizations: OrganizationsTable;
  accounts: AccountsTable;
  account_words: AccountWordsTable;
  factor_sets: FactorSetsTable;
  enrolments: EnrolmentsTable;
  clients: ClientsTable;
  signing_keys: SigningKeysTable;
  audit_events: AuditEventsTable;
  audit_chain: AuditChainTable;
  lockouts: LockoutsTable;
  logouts: LogoutsTable;
  mails: MailsTable;
  permits: PermitsTable;
  password_links: PasswordLinksTable;
  email_changes: EmailChangesTable;
  remembered_devices: RememberedDevicesTable;
  reminders: RemindersTable;
  repetitions: RepetitionsTable;
  erased_accounts: { digest: string; erased_at: Time };
  migrations: { number: number; name: string };
}

export interface OrganizationsTable {
  id: string;
  code: string;
  code_key: string;
  name: string;
  second_factor_required: Flag;
  /** Until then who has none is let in without. */
  second_factor_from: Time | null;
  methods: Json<readonly FactorName[]> | null;
  first_set_up: Organization['firstSetUp'];
  permits_waived: Flag;
  number_change: Flag;
  passkeys_count_as_both: Flag;
  authenticators: Json<readonly string[]> | null;
  minimum_acr: Acr | null;
  /** Days. */
  remembered_devices: number | null;
  reason: Json<LocalizedText> | null;
  contact: Json<LocalizedText> | null;
  name_key: string;
  /** Raised by every change. */
  version: Generated<number>;
}

export interface AccountsTable {
  id: string;
  organization: string | null;
  username: string;
  username_key: string;
  disabled: Flag;
  epoch: number;
  locale: Locale | null;
  second_factor_required: Flag;
  roles: Json<readonly Role[]>;
  groups: Json<readonly string[]>;
  name: string | null;
  given_name: string | null;
  family_name: string | null;
  email: string | null;
  email_key: string | null;
  email_verified: Flag;
  /** The confirmed address that somebody else replaced, and when. */
  replaced_email: string | null;
  replaced_email_at: Time | null;
  /** Encoded hash (PHC string). */
  password_hash: string | null;
  /** `Hasher.kindOf` that hash. */
  password_kind: string | null;
  /** Raised by every change, whoever makes it: what an administrator saw must be what they change. */
  version: Generated<number>;
}

/** What accounts are found by; account-words.ts says which words that are. */
export interface AccountWordsTable {
  account: string;
  /** In `comparable` form. */
  word: string;
  /** The account's. */
  organization: string | null;
  /** How many characters of its start are those of the account's word before it. */
  shared: number;
}

/** One row for each account that ever had an enrolment, a provisional one included. Accounts may live in another application's table. */
export interface FactorSetsTable {
  account: string;
  version: number;
  epoch: number;
  ever_held: Flag;
  to_set_up: Flag;
  /** Asked first. */
  preferred: FactorName | null;
}

export interface EnrolmentsTable {
  id: string;
  account: string;
  factor: FactorName;
  secret: Sealed;
  /** What staff find it by, and `Vault.digest` of that. */
  lookup: Sealed | null;
  lookup_digest: string | null;
  /** Prepared by staff and not held: the person has yet to confirm it. */
  provisional: Flag;
  version: number;
  created_at: Time;
  last_used_at: Time | null;
  failures: number;
  switched_off_at: Time | null;
}

export interface ClientsTable {
  id: string;
  name: string;
  metadata: Json<Readonly<Record<string, unknown>>>;
  secret: Sealed | null;
  first_party: Flag;
  minimum_acr: Acr | null;
  organizations: Json<readonly string[]> | null;
  pkce_required: Flag;
  description: Json<LocalizedText> | null;
  /** The secret of before, and until when it is good. */
  former_secret: Sealed | null;
  former_secret_until: Time | null;
  /** What a service may administer. */
  administers: Json<NonNullable<Client['administers']>> | null;
  name_key: string;
  /** Raised by every change. */
  version: Generated<number>;
}

export interface SigningKeysTable {
  id: string;
  algorithm: SigningKey['algorithm'];
  jwk: Sealed;
  created_at: Time;
  /** Null for keys of before there was a choice: they signed at once. */
  signs_from: Time | null;
}

export interface LockoutsTable {
  key: string;
  spent: number;
  until: Time | null;
}

export interface LogoutsTable {
  id: string;
  /** `client_id`. */
  client: string;
  account: string;
  /** `sid` of the logout token. */
  session: string | null;
  /** How often it was leased; a lease is known by its number. */
  attempts: number;
  /** While it is leased, when the lease ends. */
  due_at: Time;
}

export interface MailsTable {
  id: string;
  errand: Sealed;
  asked_at: Time;
  /** How often it was leased; a lease is known by its number. */
  attempts: number;
  /** While it is leased, when the lease ends. */
  due_at: Time;
}

export interface PermitsTable {
  /** Digest of its secret. */
  key: string;
  account: string;
  epoch: string;
  way: PermitWay;
  until: Time;
}

export interface PasswordLinksTable {
  account: string;
  kind: PasswordLinkKind;
  /** Of the secret in the link, which is kept nowhere. */
  digest: string;
  epoch: number;
  address: string;
  until: Time;
}
