import { OWN_PAGE, ownPage } from '../domain/own-page.ts';
import type { AuditHistory, Clients, Sessions, Vault } from '../domain/ports.ts';
import { createAccountPage } from '../flows/account/index.ts';
import type { Needs } from '../flows/account/needs.ts';
import type { Needs as SignInNeeds } from '../flows/sign-in/needs.ts';
import { listSessions } from '../oidc/open-sessions.ts';
import { createOwnSessions, type OwnSessionsParts } from '../oidc/own-session.ts';
import { frontDoor } from '../web/account/front-door.ts';
import { accountRoutes } from '../web/account/routes.ts';
import type { AccountRouteNeeds } from '../web/account/visit.ts';

/** Path of the page, below the issuer. */
const PLACE = '/account';

/** Stores whose clients include the person's own page, whatever else is registered under its id. */
export function withOwnPage<Stores extends { readonly clients: Clients; readonly vault: Vault }>(
  stores: Stores,
  { issuer, name }: { readonly issuer: URL; readonly name: string },
): Stores {
  const { clients, vault } = stores;
  const secret = vault.digest(OWN_PAGE, 'client');
  const own = ownPage({ address: `${withoutSlash(issuer)}${PLACE}`, name, secret });
  return {
    ...stores,
    clients: { ...clients, byId: async (id) => (id === OWN_PAGE ? own : clients.byId(id)) },
  };
}

export interface AccountPageParts
  extends Pick<AccountRouteNeeds, 'issuer' | 'base' | 'pages' | 'cookies' | 'address'>,
    Pick<OwnSessionsParts, 'provider'> {
  readonly needs: SignInNeeds & Pick<Needs, 'accounts'>;
  /** What was written down, to be read. */
  readonly audit: AuditHistory;
  readonly passwords: Needs['passwords'];
  readonly sessions: Sessions;
  readonly vault: Vault;
}

/** Routes of the page where people look after their own account. */
export function openAccountPage({ needs, provider, ...parts }: AccountPageParts) {
  const { issuer, base, vault } = parts;
  const { clock } = needs;
  const sessions = createOwnSessions({ provider, sessions: parts.sessions, clock });
  const address = new URL(`${withoutSlash(issuer)}${PLACE}`);
  const door = frontDoor({ address, base, sessions, vault, now: () => clock.now() });
  const codes = needs.factors.find(({ role }) => role === 'recovery')?.name;
  const account = createAccountPage({
    ...needs,
    listSessions: listSessions(parts.sessions),
    history: parts.audit,
    passwords: parts.passwords,
  });
  return accountRoutes({ ...parts, sessions, door, account, ...(codes !== undefined && { codes }) });
}

function withoutSlash({ href }: URL): string {
  return href.replace(/\/$/, '');
}
