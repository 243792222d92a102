import type { Account } from '../domain/account.ts';
import type { AccountSource, Organizations } from '../domain/ports.ts';
import { NotThere } from './not-there.ts';

/** Id of the organization with this code. @throws {NotThere} */
export async function organizationNamed(
  { organizations }: { readonly organizations: Pick<Organizations, 'byCode'> },
  code: string,
): Promise<string> {
  const organization = await organizations.byCode(code);
  if (organization === undefined) throw new NotThere('There is no such organization.');
  return organization.id;
}

/** Whoever has this username, in one organization where it is named. @throws {NotThere} also where more than one has it */
export async function accountNamed(
  { accounts }: { readonly accounts: Pick<AccountSource, 'byName'> },
  username: string,
  organization: string | undefined,
): Promise<Account> {
  const account = await accounts.byName(username, organization);
  if (account === undefined) throw new NotThere('There is no such person, or more than one: name their --office.');
  return account;
}
