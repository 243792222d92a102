import type { Organization } from '../../domain/organization.ts';
import type { SignInRequest } from '../../domain/sign-in-request.ts';
import type { Needs } from './needs.ts';

/** Whose people can help somebody who cannot sign in: the office of who is known already, or the only one that the client is for. */
export async function whomToAsk(needs: Needs, { uid, client: id }: SignInRequest): Promise<Organization | undefined> {
  const [login, client] = await Promise.all([needs.logins.find(uid), needs.clients.byId(id)]);
  const account = login?.account === undefined ? undefined : await needs.accounts.byId(login.account);
  const only = client?.organizations?.length === 1 ? client.organizations[0] : undefined;
  const organization = account === undefined ? only : account.organization;
  return organization === undefined ? undefined : needs.organizations.byId(organization);
}
