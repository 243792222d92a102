import type { Account } from '../../domain/account.ts';
import { comparable } from '../../domain/comparable.ts';
import { fromJson, toFlag, toJson } from './json.ts';
import { present } from './present.ts';
import type { AccountsTable } from './schema.ts';

/** What an `Account` is made of. */
export const accountColumns = [
  'id',
  'organization',
  'username',
  'disabled',
  'epoch',
  'locale',
  'second_factor_required',
  'roles',
  'groups',
  'name',
  'given_name',
  'family_name',
  'email',
  'email_verified',
  'replaced_email',
  'replaced_email_at',
] as const satisfies readonly (keyof AccountsTable)[];

export type AccountRow = Pick<AccountsTable, (typeof accountColumns)[number]>;

export function toAccount(row: AccountRow): Account {
  const { organization, locale, name, given_name: givenName, family_name: familyName, email } = row;
  const { replaced_email: address, replaced_email_at: at } = row;
  return {
    id: row.id,
    username: row.username,
    disabled: row.disabled === 1,
    epoch: row.epoch,
    secondFactorRequired: row.second_factor_required === 1,
    roles: fromJson(row.roles),
    groups: fromJson(row.groups),
    profile: { emailVerified: row.email_verified === 1, ...present({ name, givenName, familyName, email }) },
    ...present({ organization, locale }),
    ...(address !== null && at !== null && { replacedEmail: { address, at } }),
  };
}

export function fromAccount(account: Account) {
  const { profile } = account;
  return {
    id: account.id,
    organization: account.organization ?? null,
    username: account.username,
    username_key: comparable(account.username),
    disabled: toFlag(account.disabled),
    epoch: account.epoch,
    locale: account.locale ?? null,
    second_factor_required: toFlag(account.secondFactorRequired),
    roles: toJson(account.roles),
    groups: toJson(account.groups),
    name: profile.name ?? null,
    given_name: profile.givenName ?? null,
    family_name: profile.familyName ?? null,
    email: profile.email ?? null,
    email_key: profile.email === undefined ? null : comparable(profile.email),
    email_verified: toFlag(profile.emailVerified),
    replaced_email: account.replacedEmail?.address ?? null,
    replaced_email_at: account.replacedEmail?.at ?? null,
  };
}
